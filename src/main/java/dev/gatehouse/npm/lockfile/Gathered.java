package dev.gatehouse.npm.lockfile;

import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.semver.Version;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What has been found in a lockfile so far. One version with two integrities is kept twice: one of
/// them must be wrong, and whoever compares them with the registry's will say so.
final class Gathered {
  private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE);

  private final Set<LockedPackage> packages = new LinkedHashSet<>();
  private final Set<String> skipped = new LinkedHashSet<>();

  /// Adds a version that comes from a registry. An integrity that cannot be read is not ignored: it
  /// might have been the one that differs.
  void add(String name, String version, @Nullable String integrity) {
    Version number = Version.parse(version);
    Integrity expected =
        integrity == null || integrity.isBlank() ? null : Integrity.parse(integrity.strip());
    if (!PackageName.isValid(name) || number == null) {
      skip(name, "has no usable name and version (%s)".formatted(Quoted.quote(version)));
    } else if (integrity != null && !integrity.isBlank() && expected == null) {
      skip(name, "has an integrity that cannot be read: %s".formatted(Quoted.quote(integrity)));
    } else {
      packages.add(new LockedPackage(name, number.toString(), expected));
    }
  }

  /// Leaves `name` out. `reason` completes "NAME was skipped: it …".
  void skip(String name, String reason) {
    skipped.add("%s was skipped: it %s.".formatted(Quoted.quote(name), reason));
  }

  void skipElsewhere(String name, String where) {
    skip(name, "comes from %s, not from a registry".formatted(Quoted.quote(where)));
  }

  /// Whether `resolved` is where a registry keeps that version: registries put `/-/`, or at least
  /// the version, into the paths of their tarballs; other addresses are dependencies by URL.
  static boolean isOfRegistry(@Nullable String resolved, String version) {
    return resolved == null
        || resolved.isEmpty()
        || (WEB.matcher(resolved).matches()
            && (resolved.contains("/-/") || resolved.contains(version)));
  }

  Lockfile.Understood as(String format) {
    return new Lockfile.Understood(format, List.copyOf(packages), List.copyOf(skipped));
  }
}
