package dev.gatehouse.npm.lockfile;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// package-lock.json and npm-shrinkwrap.json. Versions 2 and 3 list `packages` by the folder each
/// is installed in; version 1 has a tree of `dependencies` only.
final class NpmLock {
  private static final String MODULES = "node_modules/";

  private final Gathered gathered = new Gathered();

  private NpmLock() {}

  static Lockfile read(String fileName, JsonNode root) {
    JsonNode number = root.path("lockfileVersion");
    int version = number.asInt(0);
    if (version < 1 || version > 3) {
      return new Lockfile.NotUnderstood(
          number.isMissingNode()
              ? fileName + " has no lockfileVersion: it is no lockfile of npm."
              : "%s has the lockfileVersion %s: versions 1 to 3 are known."
                  .formatted(fileName, number));
    }
    var lock = new NpmLock();
    if (root.path("packages").isObject()) {
      root.path("packages").forEachEntry(lock::addPackage);
    } else {
      lock.addTree(root.path("dependencies"));
    }
    return lock.gathered.as("npm's lockfile, version " + version);
  }

  /// Entries outside of any `node_modules` are the project itself and its workspaces; links lead to
  /// these; bundled ones lie inside the tarballs of others.
  private void addPackage(String folder, JsonNode entry) {
    int start = folder.lastIndexOf(MODULES);
    if (start < 0 || entry.path("link").asBoolean() || entry.path("inBundle").asBoolean()) {
      return;
    }
    String name =
        entry.path("name").isTextual()
            ? entry.path("name").textValue()
            : folder.substring(start + MODULES.length());
    String version = entry.path("version").asText();
    String resolved = text(entry, "resolved");
    if (Gathered.isOfRegistry(resolved, version)) {
      gathered.add(name, version, text(entry, "integrity"));
    } else {
      gathered.skipElsewhere(name, String.valueOf(resolved));
    }
  }

  private void addTree(JsonNode dependencies) {
    dependencies.forEachEntry((name, entry) -> {
      if (!entry.path("bundled").asBoolean()) {
        addDependency(name, entry);
      }
      addTree(entry.path("dependencies"));
    });
  }

  private void addDependency(String name, JsonNode entry) {
    String version = entry.path("version").asText();
    String alias =
        version.startsWith("npm:") ? version.substring("npm:".length()) : name + "@" + version;
    int at = alias.indexOf('@', 1);
    String number = at < 0 ? "" : alias.substring(at + 1);
    if (number.indexOf(':') >= 0 || number.indexOf('/') >= 0) {
      gathered.skipElsewhere(name, version);
    } else {
      gathered.add(at < 0 ? alias : alias.substring(0, at), number, text(entry, "integrity"));
    }
  }

  private static @Nullable String text(JsonNode entry, String field) {
    return entry.path(field).textValue();
  }
}
