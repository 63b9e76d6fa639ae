package dev.gatehouse.app.command;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.Console;
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
  ///
  /// At a terminal it is asked for and not shown.
  public static String read(InputStream in, String what) {
    return in.equals(System.in) ? ask(what) : readAll(in, what);
  }

  // The console's provider decides whether there is none or one that is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static String ask(String what) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return readAll(System.in, what);
    }
    char[] typed = console.readPassword("The %s (it is not shown): ", what);
    if (typed == null || typed.length == 0) {
      throw refused("No %s was typed.".formatted(what));
    }
    return new String(typed);
  }

  private static String readAll(InputStream in, String what) {
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
