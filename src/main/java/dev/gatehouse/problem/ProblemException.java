package dev.gatehouse.problem;

/// Carries a [Problem] up to the one place that answers it. It has no stack trace: it describes a
/// request, not a fault of the program.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// An exception that is answered with `problem`.
  public ProblemException(Problem problem) {
    super(problem.sentence(), null, false, false);
    this.problem = problem;
  }

  /// What went wrong.
  public Problem problem() {
    return problem;
  }
}
