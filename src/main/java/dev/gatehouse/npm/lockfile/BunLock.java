package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.semver.Version;
import org.jspecify.annotations.Nullable;

/// bun.lock: `packages` maps each place to a list that begins with `name@version` and, if that came
/// from a registry, ends with the integrity. `name@workspace:…` is a part of the project.
final class BunLock {
  private BunLock() {}

  static Lockfile read(JsonNode root) {
    var gathered = new Gathered();
    root.path("packages")
        .forEachEntry((place, entry) -> {
          String text = entry.path(0).asText();
          int at = text.indexOf('@', 1);
          String name = at < 0 ? place : text.substring(0, at);
          String version = at < 0 ? "" : text.substring(at + 1);
          if (Version.parse(version) != null) {
            gathered.add(name, version, integrity(entry));
          } else if (!version.startsWith("workspace:") && !version.startsWith("root:")) {
            gathered.skipElsewhere(name, version);
          }
        });
    return gathered.as("bun's lockfile");
  }

  private static @Nullable String integrity(JsonNode entry) {
    return entry.path(entry.size() - 1).textValue();
  }
}
