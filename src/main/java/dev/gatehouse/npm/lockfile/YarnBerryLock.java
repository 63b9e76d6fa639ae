package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.databind.JsonNode;

/// yarn.lock of yarn 2 and newer. Each entry's `resolution` is a locator, `name@npm:1.0.0`, perhaps
/// with `::` and details behind it. Patches change a package that has an entry of its own;
/// workspaces, links and portals are folders of the project.
final class YarnBerryLock {
  private YarnBerryLock() {}

  static Lockfile read(JsonNode root) {
    var gathered = new Gathered();
    root.forEachEntry((descriptor, entry) -> {
      String locator = entry.path("resolution").asText();
      int at = locator.indexOf('@', 1);
      if (descriptor.equals("__metadata")) {
        return;
      }
      if (at < 0) {
        gathered.skip(descriptor, "has no resolution");
      } else {
        add(gathered, locator.substring(0, at), locator.substring(at + 1));
      }
    });
    return gathered.as(
        "yarn's lockfile, version " + root.path("__metadata").path("version").asText());
  }

  private static void add(Gathered gathered, String name, String reference) {
    if (reference.startsWith("npm:")) {
      gathered.add(name, reference.substring("npm:".length()).replaceFirst("::.*", ""), null);
    } else if (!reference.matches("(?s)(patch|workspace|link|portal):.*")) {
      gathered.skipElsewhere(name, reference);
    }
  }
}
