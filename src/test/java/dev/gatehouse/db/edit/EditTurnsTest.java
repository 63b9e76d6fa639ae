package dev.gatehouse.db.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnBothDatabases
@Timeout(60)
final class EditTurnsTest {
  @AutoClose private final TestingDatabase testing;
  private final Database database;
  private final List<String> done = new CopyOnWriteArrayList<>();

  EditTurnsTest(Dialect dialect) {
    testing = TestingDatabases.fresh(dialect);
    database = testing.open("test");
  }

  private Void say(String what) {
    done.add(what);
    return null;
  }

  /// Waits until `condition` gives what is expected.
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void letsNobodyInBetweenOfOneWorkspaceAndOthersPass() throws Exception {
    EditTurns turns = database.edits();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> second =
          turns.alone(
              1,
              () -> {
                Future<Void> waiting = threads.submit(() -> turns.alone(1, () -> say("second")));
                until(() -> turns.waiting() == 1);
                threads.submit(() -> turns.alone(2, () -> say("elsewhere"))).get();
                say("first");
                return waiting;
              });
      second.get();
    }
    assertThat(done).containsExactly("elsewhere", "first", "second");
    assertThat(turns.waiting()).isZero();
  }

  @Test
  void writesAndReadsWithinATurnAndEndsItHoweverItEnds() throws Exception {
    EditTurns turns = database.edits();
    for (int i = 0; i < 40; i++) {
      assertThatThrownBy(() ->
              turns.alone(
                  1,
                  () -> {
                    database.write(handle -> handle.execute("DELETE FROM workspace WHERE id < 0"));
                    throw new IllegalStateException("broken");
                  }))
          .hasMessage("broken");
    }
    assertThat(turns.alone(1, this::workspaces)).isZero();
  }

  @Test
  void keepsProcessesOnOneServerApart() throws Exception {
    if (database.dialect() != Dialect.POSTGRESQL) {
      return;
    }
    try (Database other = testing.open("other");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> second =
          database
              .edits()
              .alone(
                  1,
                  () -> {
                    Future<Void> waiting =
                        threads.submit(() -> other.edits().alone(1, () -> say("second")));
                    until(this::somebodyWaitsInTheDatabase);
                    say("first");
                    return waiting;
                  });
      second.get();
    }
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void keepsProcessesOnOneFileApart() throws Exception {
    if (database.dialect() != Dialect.SQLITE) {
      return;
    }
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TurnHolder.class.getName(),
                testing.url())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThat(database.edits().alone(2, () -> "elsewhere")).isEqualTo("elsewhere");
      Future<Void> second = threads.submit(() -> database.edits().alone(1, () -> say("second")));
      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.destroyForcibly(); // the system gives its turn back
      second.get();
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(done).containsExactly("second");
  }

  @Test
  void keepsThoseApartWhoHaveOpenedItTwiceInOneProcess() throws Exception {
    try (Database other = testing.open("other");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> second;
      try (EditTurns.Turn _ = database.edits().take(1)) {
        second = threads.submit(() -> other.edits().alone(1, () -> say("second")));
        assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        say("first");
      }
      second.get();
    }
    assertThat(done).containsExactly("first", "second");
  }

  private Integer workspaces() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM workspace").mapTo(Integer.class).one());
  }

  private boolean somebodyWaitsInTheDatabase() {
    return database.read(handle ->
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
                    """)
                .mapTo(Integer.class)
                .one()
            == 1);
  }
}
