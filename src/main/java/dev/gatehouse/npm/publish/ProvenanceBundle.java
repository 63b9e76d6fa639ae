package dev.gatehouse.npm.publish;

import static dev.gatehouse.npm.publish.DocumentReader.malformed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.publish.Publication.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Checks that a `.sigstore` attachment is a JSON object at all. Its signatures are judged
/// elsewhere.
final class ProvenanceBundle {
  private static final String WHAT = "The provenance bundle";

  private ProvenanceBundle() {}

  static Provenance of(@Nullable String contentType, String bundle) {
    if (contentType == null || contentType.isBlank() || contentType.length() > 200) {
      throw malformed(WHAT + " has no content_type.");
    }
    try (var parser = BoundedJson.factory(bundle.length(), Long.MAX_VALUE).createParser(bundle)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(WHAT + " is not a JSON object.");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw malformed(WHAT + " is followed by something else.");
      }
      return new Provenance(contentType, bundle);
    } catch (JacksonException e) {
      throw BoundedJson.problem(WHAT, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
