package dev.gatehouse.publish.pull;

import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.lockfile.LockedPackage;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// Something to bring in.
public sealed interface Wish {

  /// Whatever of a package a client may choose for a range or a tag. If nothing serves an
  /// `optional` one, that is no failure.
  record Chosen(DependencySpec.FromRegistry spec, boolean optional) implements Wish {}

  /// Exactly this version, with exactly these bytes.
  record Locked(LockedPackage version) implements Wish {}

  /// Reads `name`, `name@range` or `name@tag` as a person writes it.
  static Wish parse(String text) {
    return switch (DependencySpec.named(text)) {
      case DependencySpec.FromRegistry spec -> new Chosen(spec, false);
      case DependencySpec.Elsewhere(String reason) ->
          throw new ProblemException(
              new Problem.Malformed("%s cannot be pulled: it %s.".formatted(text, reason)));
    };
  }
}
