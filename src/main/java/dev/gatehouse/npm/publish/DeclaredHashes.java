package dev.gatehouse.npm.publish;

import static dev.gatehouse.npm.publish.DocumentReader.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.Excerpt;
import dev.gatehouse.npm.tarball.ScratchTarball;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// Holds what a manifest's `dist` says of the tarball against the tarball.
final class DeclaredHashes {
  private DeclaredHashes() {}

  static void require(JsonNode dist, ScratchTarball tarball) {
    var integrity = dist.path("integrity");
    if (integrity.isTextual()) {
      requireIntegrity(integrity.textValue(), tarball);
    } else if (!integrity.isMissingNode()) {
      throw malformed("The integrity in the manifest must be a string.");
    }
    var shasum = dist.path("shasum");
    if (!shasum.isMissingNode()
        && !shasum.asText().toLowerCase(Locale.ROOT).equals(tarball.sha1())) {
      throw differs("shasum", shasum.asText(), tarball.sha1());
    }
  }

  /// Every hash that we know must fit. One that nobody can check is no integrity.
  private static void requireIntegrity(String integrity, ScratchTarball tarball) {
    var sha1 =
        "sha1-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(tarball.sha1()));
    var checked = false;
    for (var entry : integrity.strip().split("\\s+", -1)) {
      var question = entry.indexOf('?');
      var hash = question < 0 ? entry : entry.substring(0, question);
      if (hash.startsWith("sha512-") || hash.startsWith("sha1-")) {
        var expected = hash.startsWith("sha1-") ? sha1 : tarball.integrity();
        if (!hash.equals(expected)) {
          throw differs("integrity", hash, expected);
        }
        checked = true;
      }
    }
    if (!checked) {
      throw malformed(
          "The integrity in the manifest, " + Excerpt.of(integrity) + ", has no sha512 hash.");
    }
  }

  private static RuntimeException differs(String what, String declared, String actual) {
    return malformed(
        "The %s in the manifest is %s, but the attached tarball's is %s: it was damaged. Publish again."
            .formatted(what, Excerpt.of(declared), actual));
  }
}
