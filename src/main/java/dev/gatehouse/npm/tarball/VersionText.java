package dev.gatehouse.npm.tarball;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.npm.BoundedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Changes `version` in the text of a package.json and not a space more.
final class VersionText {
  private VersionText() {}

  /// `manifest` with `version` as the value of its top-level member of that name.
  static byte[] replace(byte[] manifest, String version) throws IOException {
    var text = decode(manifest);
    var mark = text.length() - PackageJson.withoutMark(text).length();
    var factory = BoundedJson.factory(manifest.length + 1, Long.MAX_VALUE);
    try (var parser = factory.createParser(text.substring(mark))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var isVersion = parser.currentName().equals("version");
        if (parser.nextToken() == JsonToken.VALUE_STRING && isVersion) {
          var start = mark + (int) parser.currentTokenLocation().getCharOffset();
          parser.finishToken();
          var end = mark + (int) parser.currentLocation().getCharOffset();
          var changed = text.substring(0, start) + '"' + version + '"' + text.substring(end);
          return changed.getBytes(StandardCharsets.UTF_8);
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      throw BoundedJson.problem(PackageJson.WHAT, e);
    }
    throw TarballReader.malformed("has no version in its package.json.");
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw TarballReader.malformed("has a package.json that is not UTF-8.");
    }
  }
}
