package dev.gatehouse.npm.tarball;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Reads a package.json as clients do: UTF-8, perhaps with a byte order mark, of repeated members
/// the last. Only `name` and `version` must be unique, since everything hangs on them.
final class PackageJson {
  static final String WHAT = "The package.json in the tarball";
  private static final long WEIGHT = 16 << 20;

  private PackageJson() {}

  static ObjectNode parse(byte[] bytes, InspectionLimits limits) throws IOException {
    if (bytes.length > limits.manifestBytes()) {
      throw new ProblemException(
          new TooLarge(WHAT + " is larger than " + limits.manifestBytes() + " bytes."));
    }
    var text = withoutMark(new String(bytes, StandardCharsets.UTF_8));
    var factory = BoundedJson.factory(limits.manifestBytes(), Long.MAX_VALUE);
    try (var parser = factory.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw TarballReader.malformed("has a package.json that is not an object.");
      }
      var limit = new BoundedJson.Limit(WHAT, WEIGHT, Set.of("name", "version"));
      var tree = (ObjectNode) new BoundedJson(parser, limit).tree();
      if (parser.nextToken() != null) {
        throw TarballReader.malformed("has a package.json that does not end where it should.");
      }
      return tree;
    } catch (JacksonException e) {
      throw BoundedJson.problem(WHAT, e);
    }
  }

  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
