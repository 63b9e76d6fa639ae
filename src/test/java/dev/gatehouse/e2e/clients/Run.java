package dev.gatehouse.e2e.clients;

import java.util.List;

/// A command that ended: what was run, its exit status and what it said.
public record Run(List<String> command, int exit, String out, String err) {

  /// This run, if it succeeded.
  ///
  /// @throws AssertionError with all that it said, if it failed
  public Run ok() {
    if (exit != 0) {
      throw new AssertionError(this + "\nshould have succeeded");
    }
    return this;
  }

  /// This run, if it failed by itself (and was not killed for taking too long).
  ///
  /// @throws AssertionError if it succeeded or never ended
  public Run refused() {
    if (exit == 0 || exit >= 128) {
      throw new AssertionError(this + "\nshould have been refused");
    }
    return this;
  }

  /// Both streams.
  public String text() {
    return out + err;
  }

  @Override
  public String toString() {
    return "$ " + String.join(" ", command) + "\n" + out + err + "exit " + exit;
  }
}
