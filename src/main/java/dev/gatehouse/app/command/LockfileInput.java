package dev.gatehouse.app.command;

import dev.gatehouse.npm.lockfile.Lockfile;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lockfiles that a command is given.
public final class LockfileInput {
  private LockfileInput() {}

  /// What `file` says; a problem with a sentence if it is no lockfile.
  public static Lockfile.Understood read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(Lockfile.MAX_BYTES + 1);
    } catch (IOException _) {
      throw refused("The lockfile %s cannot be read.".formatted(file));
    }
    return switch (Lockfile.read(String.valueOf(file.getFileName()), bytes)) {
      case Lockfile.Understood read -> read;
      case Lockfile.NotUnderstood(String sentence) -> throw refused(sentence);
    };
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
