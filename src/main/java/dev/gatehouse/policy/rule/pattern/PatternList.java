package dev.gatehouse.policy.rule.pattern;

import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several patterns, the first that fits counts.
///
/// A package's versions are judged one after the other, so the patterns that fit the last name are
/// kept: a list of thousands costs once for each package, not for each version.
public final class PatternList {
  private static final int MOST = 10_000;

  private final List<PackagePattern> patterns;
  private volatile OfName last = new OfName("", List.of());

  private record OfName(String name, List<PackagePattern> patterns) {}

  private PatternList(List<PackagePattern> patterns) {
    this.patterns = patterns;
  }

  /// Reads the patterns; a problem with a sentence if one is none.
  public static PatternList parse(List<String> texts) {
    if (texts.size() > MOST) {
      throw new ProblemException(
          new Problem.TooLarge(
              "A list of %d patterns is too long: at most %d.".formatted(texts.size(), MOST)));
    }
    return new PatternList(texts.stream().map(PackagePattern::parse).toList());
  }

  /// The first pattern that refuses that version, or null.
  public @Nullable PackagePattern refusing(Subject subject) {
    for (PackagePattern one : of(subject.name())) {
      if (one.refuses(subject.version())) {
        return one;
      }
    }
    return null;
  }

  /// Whether a pattern allows that version.
  public boolean allows(Subject subject) {
    for (PackagePattern one : of(subject.name())) {
      if (one.allows(subject.version())) {
        return true;
      }
    }
    return false;
  }

  private List<PackagePattern> of(String name) {
    if (patterns.isEmpty()) {
      return patterns;
    }
    OfName known = last;
    if (!known.name().equals(name)) {
      known = new OfName(name, patterns.stream().filter(one -> one.names(name)).toList());
      last = known;
    }
    return known.patterns();
  }
}
