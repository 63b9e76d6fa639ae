package dev.gatehouse.npm;

import dev.gatehouse.npm.semver.VersionRange;
import java.util.regex.Pattern;

/// What a package.json says of one dependency, read as npm reads it: which package it is and which
/// of its versions will do, or that it does not come from a registry at all.
public sealed interface DependencySpec {
  /// Longer texts are not read.
  int MAX_LENGTH = VersionRange.MAX_LENGTH;

  /// A package of a registry. `selector` is a range or a tag; an alias is resolved already.
  record FromRegistry(String name, String selector) implements DependencySpec {
    /// The range that the selector is, else null: then it is a tag.
    public @org.jspecify.annotations.Nullable VersionRange range() {
      return VersionRange.parse(selector, VersionRange.Options.LOOSE);
    }
  }

  /// Something that no registry gives; `reason` completes "NAME was skipped: it …".
  record Elsewhere(String reason) implements DependencySpec {}

  /// Reads `name` and `spec` as they stand in `dependencies`: `^1.2.3`, `next`, `npm:other@1`,
  /// `git+https://…`, `file:../x`, `user/repository`.
  static DependencySpec of(String name, String spec) {
    String text = spec.strip();
    if (text.length() > MAX_LENGTH) {
      return new Elsewhere("has a version range of more than %d characters".formatted(MAX_LENGTH));
    }
    if (text.startsWith("npm:")) {
      return named(text.substring("npm:".length()));
    }
    if (text.indexOf('/') >= 0 || text.indexOf(':') >= 0 || Shapes.FILE.matcher(text).find()) {
      return new Elsewhere("comes from %s, not from a registry".formatted(Quoted.quote(text)));
    }
    return registry(name, text);
  }

  /// Reads `name`, `name@selector` or `@scope/name@selector`; without a selector it is `latest`.
  static DependencySpec named(String text) {
    int at = text.indexOf('@', 1);
    String name = at < 0 ? text : text.substring(0, at);
    return registry(name, at < 0 ? TagName.LATEST.value() : text.substring(at + 1).strip());
  }

  private static DependencySpec registry(String name, String selector) {
    if (!PackageName.isValid(name)) {
      return new Elsewhere(
          "has the name %s, which no package can have".formatted(Quoted.quote(name)));
    }
    var spec = new FromRegistry(name, selector);
    return spec.range() != null || TagName.isValid(selector)
        ? spec
        : new Elsewhere(
            "wants %s, which is neither a range of versions nor a tag"
                .formatted(Quoted.quote(selector)));
  }

  /// How texts look that name files.
  final class Shapes {
    private static final Pattern FILE =
        Pattern.compile("^[.~]?\\\\|^\\.\\.?$|\\.(tgz|tar\\.gz|tar)$");

    private Shapes() {}
  }
}
