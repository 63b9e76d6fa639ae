package dev.gatehouse.app.command;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/// What commands take from around them: the time, their input and the environment. Output goes
/// where picocli says.
public record OperatorContext(Clock clock, InputStream in, Map<String, String> environment) {

  /// What a program has that is run from a shell.
  public static OperatorContext ofProcess() {
    return new OperatorContext(Clock.systemUTC(), System.in, System.getenv());
  }
}
