package dev.gatehouse.npm.tarball;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.semver.Version;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a tarball's own package.json against what it is published as. The rest of it may differ:
/// clients normalise manifests, and some rewrite `workspace:` ranges in both.
public final class ManifestCheck {
  private static final Pattern PREFIX = Pattern.compile("[=v\\s]+");

  private ManifestCheck() {}

  /// Refuses `contents` unless they say that they are `name` in `version`. Versions are compared as
  /// npm cleans them: `v1.2.3` and `1.2.3+build` are `1.2.3`.
  public static void requireAgreement(TarballContents contents, PackageName name, Version version) {
    var theirName = contents.packageJson().path("name");
    if (!name.value().equals(theirName.textValue())) {
      throw disagree("name", theirName.asText("none"), name.value());
    }
    var theirVersion = contents.packageJson().path("version");
    var theirs = theirVersion.isTextual() ? clean(theirVersion.textValue()) : null;
    if (theirs == null || theirs.compareTo(version) != 0) {
      throw disagree("version", theirVersion.asText("none"), version.toString());
    }
  }

  private static @Nullable Version clean(String version) {
    var prefix = PREFIX.matcher(version);
    return Version.parse(prefix.lookingAt() ? version.substring(prefix.end()) : version);
  }

  private static RuntimeException disagree(String what, String theirs, String ours) {
    return TarballReader.malformed(
        "says in its package.json that its %s is %s, but it is published as %s. Pack it again."
            .formatted(what, Quoted.quote(theirs), Quoted.quote(ours)));
  }
}
