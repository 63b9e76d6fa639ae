package dev.gatehouse.e2e.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the pinned clients are. Installing them happens once, by `e2e/install-clients`, and a
/// client that cannot be installed fails the run.
public final class Installation {
  /// The checkout.
  public static final Path ROOT = Path.of("").toAbsolutePath();

  private static final Path BINARIES = install();

  private Installation() {}

  /// Returns once what they need is there.
  public static void requireInstalled() {
    // This class is not to be had before that.
  }

  /// The directory that holds a client's own commands and the Node that runs them.
  static Path binaries(String client) {
    return BINARIES.resolve(client);
  }

  /// Where Node keeps what it has compiled of them.
  static Path compiled() {
    return BINARIES.resolveSibling("compiled");
  }

  private static Path install() {
    try {
      Path log = Files.createTempFile("install-clients", ".log");
      Process process =
          new ProcessBuilder(ROOT.resolve("e2e/install-clients").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "the clients cannot be installed:\n" + Files.readString(log, StandardCharsets.UTF_8));
      }
      Files.delete(log);
      return ROOT.resolve("e2e/.clients/bin");
    } catch (IOException e) {
      throw new IllegalStateException("the clients cannot be installed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the clients were being installed", e);
    }
  }
}
