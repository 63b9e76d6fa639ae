package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class DatabaseTest {
  @AutoClose private final TestingDatabase databases;
  private final Database database;

  DatabaseTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
  }

  @Test
  void migratesWhatItOpens() {
    assertThat(database.dialect()).isEqualTo(Dialect.of(databases.url()));
    assertThat(count()).isZero();
  }

  @Test
  void keepsWhatWasWrittenForTheNextProcess() {
    database.write(handle -> insert(handle, "kept"));

    assertThat(databases.open("operator").read(DatabaseTest::names)).containsExactly("kept");
  }

  @Test
  void undoesAllOfAFailingWorkAndPassesItsExceptionOn() {
    var failure = new IllegalStateException("no");

    assertThatThrownBy(() ->
            database.write(handle -> {
              insert(handle, "undone");
              throw failure;
            }))
        .isSameAs(failure);

    assertThat(count()).isZero();
  }

  @Test
  void worksOnAfterAStatementFailed() {
    assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO nowhere")))
        .isInstanceOf(RuntimeException.class);

    database.write(handle -> insert(handle, "after"));
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void writesFromEightThreadsLoseNothing() throws Exception {
    inParallel(
        8,
        thread -> {
          for (int i = 0; i < 25; i++) {
            String name = thread + "-" + i;
            database.write(handle -> insert(handle, name));
          }
          return true;
        });

    assertThat(count()).isEqualTo(200);
  }

  @Test
  void ofEightWhoTakeOneNameExactlyOneWins() throws Exception {
    List<Boolean> won =
        inParallel(
            8,
            _ ->
                database.write(handle ->
                    handle
                            .createUpdate(
                                "INSERT INTO setting (name, value) VALUES ('one', 'x') ON"
                                    + " CONFLICT DO NOTHING")
                            .execute()
                        == 1));

    assertThat(won).containsOnlyOnce(true).hasSize(8);
  }

  @Test
  void readersSeeNothingThatIsNotCommitted() {
    database.write(handle -> {
      insert(handle, "pending");
      assertThat(count()).isZero();
      return true;
    });
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void refusesATransactionInsideOfATransaction() {
    assertThatThrownBy(() -> database.write(_ -> database.write(_ -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A transaction is running: use its handle.");
  }

  private long count() {
    return database.read(handle -> (long) names(handle).size());
  }

  private static List<String> names(Handle handle) {
    return handle.createQuery("SELECT name FROM setting ORDER BY name").mapTo(String.class).list();
  }

  private static int insert(Handle handle, String name) {
    return handle.execute("INSERT INTO setting (name, value) VALUES (?, '')", name);
  }

  private interface Numbered<R> {
    R run(int thread);
  }

  private static <R> List<R> inParallel(int threads, Numbered<R> work)
      throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<R>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(() -> work.run(thread));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : executor.invokeAll(all, 60, TimeUnit.SECONDS)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
