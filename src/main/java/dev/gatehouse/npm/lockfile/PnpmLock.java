package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.semver.Version;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// pnpm-lock.yaml. `packages` has a key per version: `name@1.0.0` since version 9, `/name@1.0.0` in
/// version 6, `/name/1.0.0` before, each perhaps with the peers it was resolved with behind it.
/// Newer ones begin with a document of their own for pnpm itself.
final class PnpmLock {
  private static final Pattern KEY =
      Pattern.compile("/?((?:@[^/@]+/)?[^/@]+)[@/]([0-9][^/(_]*)(?:[(_].*)?");

  private PnpmLock() {}

  static Lockfile read(String fileName, List<JsonNode> documents) {
    String version = documents.getLast().path("lockfileVersion").asText();
    if (!version.matches("(5|6|9)(\\..*)?")) {
      return new Lockfile.NotUnderstood(
          "%s has the lockfileVersion %s: 5, 6 and 9 are known.".formatted(fileName, version));
    }
    var gathered = new Gathered();
    for (JsonNode document : documents) {
      document.path("packages").forEachEntry((key, entry) -> add(gathered, key, entry));
    }
    return gathered.as("pnpm's lockfile, version " + version);
  }

  private static void add(Gathered gathered, String key, JsonNode entry) {
    JsonNode resolution = entry.path("resolution");
    Matcher matcher = KEY.matcher(key);
    boolean elsewhere =
        resolution.has("type")
            || resolution.has("directory")
            || resolution.has("repo")
            || (resolution.has("tarball") && !resolution.has("integrity"));
    if (!elsewhere && matcher.matches() && Version.parse(matcher.group(2)) != null) {
      gathered.add(matcher.group(1), matcher.group(2), resolution.path("integrity").textValue());
    } else {
      gathered.skipElsewhere(key, where(key, resolution));
    }
  }

  private static String where(String key, JsonNode resolution) {
    for (String field : List.of("tarball", "repo", "directory")) {
      if (resolution.path(field).isTextual()) {
        return resolution.path(field).textValue();
      }
    }
    return key;
  }
}
