package dev.gatehouse.e2e.clients;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Types the answers to a program's prompts, each once, when the prompt was shown and the program
/// has begun to read keys: several clients drop what is typed ahead.
final class Conversation {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final List<Answer> answers;
  private final StringBuilder said = new StringBuilder();

  Conversation(Process process, List<Answer> answers) {
    this.process = process;
    this.answers = new ArrayList<>(answers);
  }

  /// Talks until the program closes its output; returns all that it said.
  String hold() throws IOException {
    Thread watchdog = Thread.ofVirtual().start(this::endWhenSilentTooLong);
    char[] buffer = new char[1024];
    int unanswered = 0;
    try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
        OutputStream keyboard = process.getOutputStream()) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        said.append(buffer, 0, n);
        unanswered = answer(keyboard, unanswered);
      }
    } finally {
      watchdog.interrupt();
    }
    return said.toString();
  }

  private int answer(OutputStream keyboard, int from) throws IOException {
    int position = from;
    for (Iterator<Answer> rest = answers.iterator(); rest.hasNext(); ) {
      Answer answer = rest.next();
      int prompt = said.indexOf(answer.prompt(), position);
      if (prompt >= 0) {
        Terminal.of(process).awaitKeysOneByOne();
        keyboard.write((answer.text() + "\r").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        rest.remove();
        position = prompt + answer.prompt().length();
      }
    }
    return position;
  }

  private void endWhenSilentTooLong() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // The conversation ended by itself.
    }
  }
}
