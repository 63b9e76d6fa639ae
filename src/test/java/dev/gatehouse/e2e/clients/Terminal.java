package dev.gatehouse.e2e.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The terminal that a program below `script` runs on.
record Terminal(Process script) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  static Terminal of(Process script) {
    return new Terminal(script);
  }

  /// Waits until the program takes keys one by one; a program that reads whole lines never does,
  /// and is typed to after some seconds.
  void awaitKeysOneByOne() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (script.isAlive() && System.nanoTime() < deadline && !settings().contains("-icanon")) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private String settings() throws IOException {
    try (Stream<ProcessHandle> programs = script.descendants()) {
      for (ProcessHandle program : programs.toList()) {
        Path input = Path.of("/proc/" + program.pid() + "/fd/0");
        if (Files.isReadable(input) && input.toRealPath().startsWith("/dev/pts")) {
          return settings(input.toRealPath());
        }
      }
    } catch (IOException _) {
      // The program ended in between.
    }
    return "";
  }

  private static String settings(Path terminal) throws IOException {
    Process stty =
        new ProcessBuilder("stty", "-F", terminal.toString(), "-a")
            .redirectErrorStream(true)
            .start();
    return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
