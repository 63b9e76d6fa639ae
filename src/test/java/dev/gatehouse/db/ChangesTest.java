package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Changes.Topic;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class ChangesTest {
  private static final String RELOADED = "reloaded";

  @AutoClose private final TestingDatabase databases;
  private final Database server;
  private final Database operator;

  ChangesTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    server = databases.database();
    operator = databases.open("operator");
  }

  @Test
  void tellsOfAnotherProcessByItselfAndOnlyOnce() throws Exception {
    raise(operator, Topic.ACCESS);
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (var changes = new Changes(server)) {
      changes.watch(Topic.ACCESS, () -> events.add(RELOADED));
      raise(operator, Topic.ACCESS);

      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo(RELOADED);
      changes.look();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void doesNotTellAProcessOfItsOwnChangesNorOfOtherTopics() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (var changes = new Changes(server)) {
      changes.watch(Topic.ACCESS, () -> events.add("own"));
      changes.watch(Topic.PACKAGES, () -> events.add("other topic"));
      changes.watch(Topic.REGISTRIES, () -> events.add("told"));
      raise(server, Topic.ACCESS);
      raise(operator, Topic.REGISTRIES);

      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("told");
      changes.look();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void tellsAgainWhenAWatcherFailed() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (var changes = new Changes(server)) {
      changes.watch(
          Topic.ACCESS,
          () -> {
            events.add(RELOADED);
            if (events.size() == 1) {
              throw new IllegalStateException("The database was away.");
            }
          });
      raise(operator, Topic.ACCESS);

      assertThat(untilSize(events, 2)).isTrue();
    }
  }

  @Test
  void isNotDisturbedByTopicsOfANewerVersion() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    insertTopic("FROM_THE_FUTURE");
    try (var changes = new Changes(server)) {
      changes.watch(Topic.ACCESS, () -> events.add(RELOADED));
      insertTopic("LATER_STILL");
      raise(operator, Topic.ACCESS);

      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo(RELOADED);
    }
  }

  @Test
  void raisesNothingWhenTheTransactionFails() {
    try {
      operator.write(handle -> {
        Changes.raise(operator, handle, Topic.ACCESS);
        throw new IllegalStateException("undone");
      });
    } catch (IllegalStateException _) {
      assertThat(databases.raised("operator", "ACCESS")).isZero();
    }
  }

  @Test
  void tellsAtOnceWhoeverAsks() {
    List<String> events = new CopyOnWriteArrayList<>();
    try (var changes = new Changes(server)) {
      changes.watch(Topic.ACCESS, () -> events.add(RELOADED));
      for (int i = 1; i <= 5; i++) {
        raise(operator, Topic.ACCESS);
        changes.look();
        assertThat(events).hasSize(i);
        assertThat(changes.news()).isEqualTo(i);
      }
    }
  }

  @Test
  void looksSomeTwentyTimesASecondHoweverManyAsk() throws Exception {
    try (var changes = new Changes(server)) {
      long begin = System.nanoTime();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 200; i++) {
          threads.execute(() -> {
            for (int j = 0; j < 5; j++) {
              changes.look();
            }
          });
        }
      }
      long most = Duration.ofNanos(System.nanoTime() - begin).dividedBy(Turns.PAUSE) + 2;
      assertThat(changes.looks()).isBetween(5L, most);
    }
  }

  @Test
  void letsNobodyWaitForADatabaseThatIsAway() {
    var changes = new Changes(server);
    server.close();
    changes.look();
    assertThat(changes.news()).isZero();
    changes.close();
    changes.look();
  }

  @Test
  void tellsServersOfEachOther() {
    Database one = databases.open(Changes.newProcess());
    Database other = databases.open(Changes.newProcess());
    List<String> events = new CopyOnWriteArrayList<>();
    try (var changes = new Changes(one)) {
      changes.watch(Topic.REGISTRIES, () -> events.add(RELOADED));
      raise(other, Topic.REGISTRIES);
      changes.look();
      assertThat(events).containsExactly(RELOADED);
    }
  }

  @Test
  void processesThatAreGoneLeaveNothingAndNoChangeIsMissedOrToldTwice() {
    List<String> events = new CopyOnWriteArrayList<>();
    try (var changes = new Changes(server)) {
      changes.watch(Topic.ACCESS, () -> events.add(RELOADED));
      Database gone = databases.open(Changes.newProcess());
      raise(gone, Topic.ACCESS);
      raise(gone, Topic.ACCESS);
      raise(operator, Topic.ACCESS);
      changes.look();
      assertThat(events).hasSize(1);

      Revisions.gather(server);
      assertThat(processes()).containsExactly("");
      changes.look();
      assertThat(events).hasSize(1);

      raise(gone, Topic.ACCESS);
      changes.look();
      assertThat(events).hasSize(2);
    }
  }

  private List<String> processes() {
    return operator.read(
        handle -> handle.createQuery("SELECT process FROM revision").mapTo(String.class).list());
  }

  private void insertTopic(String topic) {
    operator.write(
        handle -> handle.execute("INSERT INTO revision VALUES ('operator', ?, 1)", topic));
  }

  private static void raise(Database database, Topic topic) {
    database.write(handle -> {
      Changes.raise(database, handle, topic);
      return topic;
    });
  }

  private static boolean untilSize(BlockingQueue<String> events, int size) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (events.size() < size && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return events.size() >= size;
  }
}
