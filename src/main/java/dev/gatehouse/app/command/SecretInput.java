package dev.gatehouse.app.command;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads a secret from standard input, where neither the process list nor the shell's history sees
/// it.
public final class SecretInput {
  private static final int LONGEST = 16_384;

  private SecretInput() {}

  /// All of `in` but the line break at its end. `what` names it in sentences: `password`, `token`.
  public static String read(InputStream in, String what) {
    try {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw refused("The %s on standard input has more than %d bytes.".formatted(what, LONGEST));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("\r?\n\\z", "");
      if (secret.isEmpty() || secret.contains("\n")) {
        throw refused(
            "Standard input holds no %s, or several lines: write it as one line.".formatted(what));
      }
      return secret;
    } catch (CharacterCodingException _) {
      throw refused("The %s on standard input is not UTF-8.".formatted(what));
    } catch (IOException _) {
      throw refused("The %s cannot be read from standard input.".formatted(what));
    }
  }

  private static ProblemException refused(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
