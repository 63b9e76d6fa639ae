package dev.gatehouse.npm.semver;

import dev.gatehouse.npm.semver.Bound.Operator;
import dev.gatehouse.npm.semver.Version.Core;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tilde, caret, hyphen and x-ranges are short for. Every method returns null if a version
/// would break a limit; an empty list bounds nothing.
///
/// Upper ends carry the prerelease `0`, the least there is, so that `<2.0.0-0` keeps out the
/// prereleases of 2.0.0.
final class Ranges {
  private static final String LEAST = "0";

  private Ranges() {}

  /// `~1.2.3`: the patch may grow, or what is unknown.
  static @Nullable List<Bound> tilde(Partial from, boolean prereleases) {
    if (from.anyMajor()) {
      return List.of();
    }
    Version end = from.anyMinor() ? from.nextMajor(LEAST) : from.nextMinor(LEAST);
    return between(from.floor(prereleases), end);
  }

  /// `^1.2.3`: what is right of the first number that is not zero may grow.
  static @Nullable List<Bound> caret(Partial from, boolean prereleases) {
    if (from.anyMajor()) {
      return List.of();
    }
    Version end;
    if (from.major() > 0 || from.anyMinor()) {
      end = from.nextMajor(LEAST);
    } else if (from.minor() > 0 || from.anyPatch()) {
      end = from.nextMinor(LEAST);
    } else {
      end = from.nextPatch(LEAST);
    }
    return between(from.floor(prereleases), end);
  }

  /// An operator before a version that is not full: `1.x`, `>1`, `<=1.2`.
  static @Nullable List<Bound> partial(Operator operator, Partial version, boolean prereleases) {
    String least = prereleases ? LEAST : "";
    if (version.anyMajor()) {
      return switch (operator) {
        case LESS, MORE -> one(Operator.LESS, VersionParser.of(new Core(0, 0, 0), LEAST));
        case AT_MOST, EQUAL, AT_LEAST -> List.of();
      };
    }
    return switch (operator) {
      case LESS -> one(Operator.LESS, version.floor(true));
      case AT_MOST -> one(Operator.LESS, version.next(LEAST));
      case EQUAL -> between(version.floor(prereleases), version.next(LEAST));
      case AT_LEAST -> one(Operator.AT_LEAST, version.floor(prereleases));
      case MORE -> one(Operator.AT_LEAST, version.next(least));
    };
  }

  /// The left side of `1.2 - 2.3`.
  static @Nullable List<Bound> hyphenFrom(Partial from, boolean prereleases) {
    if (from.anyMajor()) {
      return List.of();
    }
    if (prereleases && !from.anyPatch() && from.prerelease().isEmpty()) {
      Core core = new Core(from.major(), from.minor(), from.patch());
      return one(Operator.AT_LEAST, VersionParser.of(core, LEAST));
    }
    return one(Operator.AT_LEAST, from.floor(prereleases));
  }

  /// The right side of `1.2 - 2.3`: a full version is included, of a partial one all it stands for.
  static @Nullable List<Bound> hyphenTo(Partial to, boolean prereleases) {
    if (to.anyMajor()) {
      return List.of();
    }
    if (to.anyPatch() || (prereleases && to.prerelease().isEmpty())) {
      return one(Operator.LESS, to.next(LEAST));
    }
    return one(Operator.AT_MOST, to.exact());
  }

  static @Nullable List<Bound> one(Operator operator, @Nullable Version version) {
    return version == null ? null : List.of(new Bound(operator, version));
  }

  private static @Nullable List<Bound> between(@Nullable Version from, @Nullable Version end) {
    if (from == null || end == null) {
      return null;
    }
    return List.of(new Bound(Operator.AT_LEAST, from), new Bound(Operator.LESS, end));
  }
}
