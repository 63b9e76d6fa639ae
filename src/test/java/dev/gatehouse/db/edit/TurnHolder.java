package dev.gatehouse.db.edit;

import dev.gatehouse.db.Database;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// A process of its own that takes the turn of workspace 1, says so, and keeps it.
final class TurnHolder {
  private TurnHolder() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, TimeoutException {
    try (Database database = Database.open(arguments[0], "holder");
        EditTurns.Turn _ = database.edits().take(1)) {
      System.out.println("held");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Until somebody ends it.
      }
    }
  }
}
