package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.publish.DocumentParts.Text;
import dev.gatehouse.npm.publish.Revision.People;
import dev.gatehouse.npm.publish.Revision.Versions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a [Revision] of a document without attachments.
final class RevisionCheck {
  private RevisionCheck() {}

  static Revision revision(DocumentParts parts) {
    var name = PublicationCheck.agreedName(parts);
    var versions = parts.versions == null ? null : versions(parts.versions);
    var people =
        parts.users == null && parts.maintainers == null
            ? null
            : new People(parts.users, parts.maintainers);
    return new Revision(name, parts.text(Text.REVISION), versions, parts.distTags, people);
  }

  private static Versions versions(Map<String, @Nullable JsonNode> versions) {
    var deprecations = new LinkedHashMap<String, String>();
    versions.forEach((version, deprecated) -> {
      if (deprecated != null) {
        deprecations.put(version, message(version, deprecated));
      }
    });
    return new Versions(versions.keySet(), deprecations);
  }

  /// Some old documents say `false` for what is not deprecated.
  private static String message(String version, JsonNode deprecated) {
    if (deprecated.isNull() || (deprecated.isBoolean() && !deprecated.booleanValue())) {
      return "";
    }
    if (!deprecated.isTextual()) {
      throw DocumentReader.malformed(
          "The deprecation of " + Quoted.quote(version) + " must be a message.");
    }
    return deprecated.textValue();
  }
}
