package dev.gatehouse.publish.version;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.publish.Publication.Provenance;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The provenance of a version: a sigstore bundle around a statement that says how the tarball was
/// built. Its signatures are for clients to check; here only that it speaks of this very tarball.
///
/// @param predicateType what kind of statement it is, a URL
/// @param bundle as it was sent
record Attestation(String predicateType, JsonNode bundle) {
  private static final String WHAT = "The provenance bundle";
  private static final int WEIGHT = 8 << 20;
  private static final int LONGEST_TYPE = 500;

  /// The provenance that came with `publication`, or null.
  static @Nullable Attestation of(Publication publication) {
    Provenance provenance = publication.provenance();
    if (provenance == null) {
      return null;
    }
    JsonNode bundle = tree(provenance.bundle());
    JsonNode statement = statement(bundle.at("/dsseEnvelope/payload"));
    JsonNode type = statement.path("predicateType");
    if (!type.isTextual() || type.textValue().length() > LONGEST_TYPE) {
      throw malformed("has no statement with a predicateType");
    }
    requireSubject(statement, HexFormat.of().formatHex(publication.tarball().sha512()));
    return new Attestation(type.textValue(), bundle);
  }

  /// The answer of the attestations endpoint.
  String response() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("attestations")
        .addObject()
        .put("predicateType", predicateType)
        .set("bundle", bundle);
    return VersionDocument.text(answer);
  }

  private static JsonNode statement(JsonNode payload) {
    try {
      byte[] json = Base64.getDecoder().decode(payload.asText());
      return tree(new String(json, java.nio.charset.StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      throw malformed("has a payload that is not base64");
    }
  }

  private static void requireSubject(JsonNode statement, String sha512) {
    for (JsonNode subject : statement.path("subject")) {
      if (sha512.equals(subject.at("/digest/sha512").asText())) {
        return;
      }
    }
    throw malformed("speaks of another tarball than the one that is published");
  }

  private static JsonNode tree(String json) {
    try (var parser = BoundedJson.factory(WEIGHT, Long.MAX_VALUE).createParser(json)) {
      if (parser.nextToken() == null) {
        throw malformed("is empty");
      }
      return new BoundedJson(parser, new BoundedJson.Limit(WHAT, WEIGHT, null)).tree();
    } catch (JacksonException broken) {
      throw BoundedJson.problem(WHAT, broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(
        new Problem.Malformed(WHAT + " " + what + ". Make it again for this version."));
  }
}
