package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Objects;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Assertions on what goes wrong in words.
public final class Problems {
  private Problems() {}

  /// Asserts that `work` throws a problem of that kind, and goes on with its sentence.
  public static AbstractStringAssert<?> assertThatProblem(
      Class<? extends Problem> kind, ThrowingCallable work) {
    return assertThat(problem(kind, work).sentence());
  }

  /// The problem of that kind that `work` throws.
  public static <P extends Problem> P problem(Class<P> kind, ThrowingCallable work) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, work);
    assertThat(thrown).as("a problem").isNotNull();
    Problem problem = Objects.requireNonNull(thrown).problem();
    assertThat(problem).isInstanceOf(kind);
    return kind.cast(problem);
  }
}
