package dev.gatehouse.advisories.osv;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.Advisory.Kind;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads one record. What is not JSON, too deep or too large, or has no id, is refused with a
/// sentence; a range or version that cannot be understood is left out and counted.
public final class OsvReader {
  /// Longer records are refused. Those of packages with thousands of versions stay below.
  public static final int MAX_BYTES = 4 << 20;

  private static final long WEIGHT = 24L << 20;
  private static final int MOST_ALIASES = 50;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+-]{0,99}");
  private static final JsonFactory JSON = BoundedJson.factory(MAX_BYTES, MAX_BYTES);

  private OsvReader() {}

  /// The record in `json`, which sentences call `where`, as said by `feed`.
  public static OsvRecord read(byte[] json, String where, String feed) {
    JsonNode root = tree(json, "The advisory in " + Quoted.quote(where));
    String id = root.path("id").asText("");
    if (!ID.matcher(id).matches()) {
      throw new ProblemException(
          new Problem.Malformed(
              "The advisory in %s has no usable \"id\": it is no OSV record."
                  .formatted(Quoted.quote(where))));
    }
    Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
    int misread = 0;
    for (JsonNode affected : root.path("affected")) {
      JsonNode subject = affected.path("package");
      String name = subject.path("name").asText("");
      if (subject.path("ecosystem").asText("").equals("npm")) {
        if (PackageName.isValid(name)) {
          byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(affected);
        } else {
          misread++;
        }
      }
    }
    Map<String, Advisory> packages = new LinkedHashMap<>();
    for (Map.Entry<String, List<JsonNode>> one : byName.entrySet()) {
      var ranges = new OsvRanges();
      packages.put(one.getKey(), advisory(id, root, one.getValue(), feed, ranges));
      misread += ranges.misread();
    }
    return new OsvRecord(id, packages, misread);
  }

  private static Advisory advisory(
      String id, JsonNode root, List<JsonNode> affected, String feed, OsvRanges ranges) {
    List<String> aliases = OsvText.texts(root.path("aliases"), MOST_ALIASES);
    List<String> cwes = OsvText.cwes(root, affected);
    Kind kind = kind(id, aliases, cwes, root);
    var scores = OsvScores.of(root, affected);
    return new Advisory(
        id,
        aliases,
        kind,
        scores.severity(kind),
        scores.cvss(),
        OsvText.summary(root, id),
        OsvText.url(root, id),
        cwes,
        ranges.read(affected, kind),
        new Advisory.Dates(
            OsvText.instant(root, "published"),
            OsvText.instant(root, "modified"),
            OsvText.instant(root, "withdrawn")),
        feed);
  }

  /// Malware says so by the database that its id or an alias is from, or by its weakness: embedded
  /// malicious code.
  private static Kind kind(String id, List<String> aliases, List<String> cwes, JsonNode root) {
    boolean malware =
        isOfMalware(id)
            || aliases.stream().anyMatch(OsvReader::isOfMalware)
            || cwes.contains("CWE-506")
            || root.path("database_specific").has("malicious-packages-origins");
    return malware ? Kind.MALWARE : Kind.VULNERABILITY;
  }

  private static boolean isOfMalware(String id) {
    return id.startsWith("MAL-") || id.startsWith("LWA-");
  }

  private static JsonNode tree(byte[] json, String what) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ProblemException(new Problem.Malformed(what + " is no JSON object."));
      }
      JsonNode tree = new BoundedJson(parser, new BoundedJson.Limit(what, WEIGHT, null)).tree();
      if (parser.nextToken() != null) {
        throw new ProblemException(
            new Problem.Malformed(what + " has something behind its JSON object."));
      }
      return tree;
    } catch (JacksonException broken) {
      throw BoundedJson.problem(what, broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
