package dev.gatehouse.npm.publish;

import static dev.gatehouse.npm.publish.DocumentReader.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.tarball.ScratchTarball;
import java.util.List;
import java.util.Locale;

/// Holds what a manifest's `dist` says of the tarball against the tarball.
final class DeclaredHashes {
  private DeclaredHashes() {}

  static void require(JsonNode dist, ScratchTarball tarball) {
    var integrity = dist.path("integrity");
    if (!integrity.isMissingNode()) {
      requireIntegrity(integrity.asText(), tarball);
    }
    var shasum = dist.path("shasum");
    var isSame = tarball.sha1().equals(shasum.asText().toLowerCase(Locale.ROOT));
    if (!shasum.isMissingNode() && !isSame) {
      throw differs("shasum", shasum.asText(), tarball.sha1());
    }
  }

  /// Every hash that was computed here must fit. What nobody can check is no integrity.
  private static void requireIntegrity(String declared, ScratchTarball tarball) {
    var integrity = Integrity.parse(declared);
    var checked = 0;
    for (var hash : integrity == null ? List.<Hash>of() : integrity.hashes()) {
      var expected =
          switch (hash.algorithm()) {
            case SHA512 -> Hash.of(Algorithm.SHA512, tarball.sha512());
            case SHA1 -> new Hash(Algorithm.SHA1, tarball.sha1());
            case SHA256, SHA384 -> null;
          };
      if (expected != null && !hash.equals(expected)) {
        throw differs("integrity", hash.toString(), expected.toString());
      }
      checked += expected == null ? 0 : 1;
    }
    if (checked == 0) {
      throw malformed(
          "The integrity in the manifest, " + Quoted.quote(declared) + ", has no sha512 hash.");
    }
  }

  private static RuntimeException differs(String what, String declared, String actual) {
    return malformed(
        "The %s in the manifest is %s, but the attached tarball's is %s: it was damaged. Publish again."
            .formatted(what, Quoted.quote(declared), actual));
  }
}
