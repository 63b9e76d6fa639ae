package dev.gatehouse.app.command;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads a password from standard input, where neither the process list nor the shell's history
/// sees it.
final class PasswordInput {
  private static final int LONGEST = 4_096;

  private PasswordInput() {}

  /// All of `in` but the line break at its end.
  static String read(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(LONGEST);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String password = text.replaceFirst("\r?\n\\z", "");
      if (password.isEmpty() || password.contains("\n")) {
        throw refused("Standard input holds no password, or several lines: write it as one line.");
      }
      return password;
    } catch (CharacterCodingException _) {
      throw refused("The password on standard input is not UTF-8.");
    } catch (IOException _) {
      throw refused("The password cannot be read from standard input.");
    }
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
