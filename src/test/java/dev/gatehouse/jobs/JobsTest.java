package dev.gatehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class JobsTest {
  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Database database;

  JobsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
  }

  @Test
  void doesEachJobOnceTheOldestFirst() {
    add("a");
    clock.advance(Duration.ofMillis(1));
    add("b");
    List<String> done = new ArrayList<>();
    Jobs jobs = jobs(payload -> record(done, payload));
    assertThat(jobs.drain()).isEqualTo(2);
    assertThat(jobs.drain()).isZero();
    assertThat(done).containsExactly("a", "b");
    assertThat(rows()).isEmpty();
  }

  @Test
  void leavesJobsOfOtherKindsAndOfTheFutureAlone() {
    add("a");
    database.write(handle -> {
      Jobs.add(handle, "other", "x", clock.millis());
      Jobs.add(handle, "kind", "later", clock.millis() + 1);
      return handle;
    });
    assertThat(jobs(_ -> new Work.Done()).drain()).isEqualTo(1);
    assertThat(rows()).hasSize(2);
    assertThat(new Jobs(database, clock).drain()).isZero();
  }

  @Test
  void hasNoJobWithoutTheChangeThatItBelongsTo() {
    assertThatThrownBy(() ->
            database.write(handle -> {
              Jobs.add(handle, "kind", "a", clock.millis());
              throw new IllegalStateException("rolled back");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(rows()).isEmpty();
  }

  @Test
  void triesAgainAfterGrowingPausesAndGivesUpWithWhatWentWrong() {
    add("a");
    List<String> tried = new ArrayList<>();
    Jobs jobs =
        jobs(payload -> {
          tried.add(payload);
          throw new ProblemException(new Problem.UpstreamFailed("It is down.", false));
        });
    assertThat(jobs.drain()).isEqualTo(1);
    for (Duration pause : Jobs.PAUSES) {
      clock.advance(pause.minusMillis(1));
      assertThat(jobs.drain()).isZero();
      clock.advance(Duration.ofMillis(1));
      assertThat(jobs.drain()).isEqualTo(1);
    }
    clock.advance(Duration.ofDays(1000));
    assertThat(jobs.drain()).isZero();
    assertThat(tried).hasSize(Jobs.PAUSES.size() + 1);
    assertThat(rows()).containsExactly("a It is down. 9223372036854775807");
    assertThat(Jobs.PAUSES).isSorted();
  }

  @Test
  void givesUpAtOnceWhatCanNeverSucceed() {
    add("a");
    assertThat(jobs(_ -> new Work.Never("Other bytes.")).drain()).isEqualTo(1);
    assertThat(rows()).containsExactly("a Other bytes. 9223372036854775807");
  }

  @Test
  void succeedsAfterAFailureThatPasses() {
    add("a");
    List<String> done = new ArrayList<>();
    Jobs jobs =
        jobs(payload -> {
          record(done, payload);
          return done.size() < 2 ? new Work.Again("Not yet.") : new Work.Done();
        });
    jobs.drain();
    assertThat(rows()).hasSize(1);
    clock.advance(Jobs.PAUSES.getFirst());
    jobs.drain();
    assertThat(rows()).isEmpty();
  }

  @Test
  void doesAJobAgainWhoseWorkerDied() {
    add("a");
    assertThat(claim()).isNotNull();
    List<String> done = new ArrayList<>();
    Jobs jobs = jobs(payload -> record(done, payload));
    assertThat(jobs.drain()).isZero();
    clock.advance(Jobs.LEASE);
    assertThat(jobs.drain()).isEqualTo(1);
    assertThat(done).containsExactly("a");
  }

  @Test
  void aQueueOfShortJobsDoesThemAgainSooner() {
    add("a");
    var hasty = new Jobs(database, clock, Duration.ofMinutes(3));
    hasty.handle(
        "kind",
        _ -> {
          // What it was doing when it died.
          throw new AssertionError("died");
        });
    assertThatThrownBy(hasty::drain).isInstanceOf(AssertionError.class);
    List<String> done = new ArrayList<>();
    Jobs jobs = jobs(payload -> record(done, payload));
    clock.advance(Duration.ofMinutes(3).minusMillis(1));
    assertThat(jobs.drain()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(jobs.drain()).isEqualTo(1);
    assertThat(done).containsExactly("a");
  }

  @Test
  void aLateWorkerDoesNotSettleWhatIsNoLongerItsOwn() {
    add("a");
    JobRows.Claimed late = Objects.requireNonNull(claim());
    clock.advance(Jobs.LEASE);
    assertThat(claim()).isNotNull();
    database.write(handle -> {
      JobRows.remove(handle, late);
      JobRows.postpone(handle, late, "late", 0);
      return late;
    });
    assertThat(rows()).hasSize(1).noneMatch(row -> row.contains("late"));
  }

  @Test
  void twoProcessesNeverDoOneJobAtOnce() throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      add("job " + i);
    }
    Queue<String> done = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Database process : List.of(database, databases.open("other"), databases.open("third"))) {
      var jobs = new Jobs(process, clock);
      jobs.handle(
          "kind",
          payload -> {
            done.add(payload);
            return new Work.Done();
          });
      threads.add(Thread.ofVirtual().start(jobs::drain));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done).hasSize(60).doesNotHaveDuplicates();
    assertThat(rows()).isEmpty();
  }

  @Test
  void aJobThatGoesOnIsTheSameJobWithWhatIsLeft() {
    add("a");
    List<String> done = new ArrayList<>();
    Jobs jobs =
        jobs(payload -> {
          done.add(payload);
          return payload.equals("a") ? new Work.Next("b", Duration.ofHours(1)) : new Work.Done();
        });
    assertThat(jobs.drain()).isEqualTo(1);
    assertThat(rows())
        .containsExactly("b  " + clock.instant().plus(Duration.ofHours(1)).toEpochMilli());
    clock.advance(Duration.ofHours(1));
    assertThat(jobs.drain()).isEqualTo(1);
    assertThat(done).containsExactly("a", "b");
    assertThat(rows()).isEmpty();
  }

  @Test
  void aLateWorkerDoesNotLetAJobGoOnThatSomebodyElseHas() {
    add("a");
    JobRows.Claimed late = Objects.requireNonNull(claim());
    clock.advance(Jobs.LEASE);
    JobRows.Claimed second = Objects.requireNonNull(claim());
    database.write(handle -> {
      JobRows.next(handle, second, "b", clock.millis());
      return second;
    });
    JobRows.Claimed third = Objects.requireNonNull(claim());
    assertThat(third.attempts()).as("counts anew").isEqualTo(late.attempts());
    database.write(handle -> {
      JobRows.next(handle, late, "late", 0);
      JobRows.remove(handle, late);
      return late;
    });
    assertThat(rows()).hasSize(1).noneMatch(row -> row.contains("late"));
  }

  @Test
  void theSameJobIsAddedOnceAsLongAsNobodyHasBegun() {
    for (int i = 0; i < 3; i++) {
      addOnce("a");
    }
    addOnce("b");
    assertThat(rows()).hasSize(2);
    assertThat(claim()).isNotNull();
    addOnce("a");
    assertThat(rows()).as("what is begun may have looked already").hasSize(3);
  }

  @Test
  void theDailyJobIsDoneOnceADayByOneOfAllProcesses() throws InterruptedException {
    Queue<String> done = new ConcurrentLinkedQueue<>();
    List<Jobs> all = new ArrayList<>();
    for (Database process : List.of(database, databases.open("other"), databases.open("third"))) {
      var jobs = new Jobs(process, clock);
      jobs.daily(
          payload -> {
            done.add(payload);
            return new Work.Next("", Duration.ofDays(1));
          },
          Duration.ofMinutes(10));
      all.add(jobs);
    }
    assertThat(rows()).as("one for all").hasSize(1);
    drainAtOnce(all);
    assertThat(done).as("not yet").isEmpty();
    clock.advance(Duration.ofMinutes(10));
    for (int day = 1; day <= 3; day++) {
      drainAtOnce(all);
      drainAtOnce(all);
      assertThat(done).hasSize(day);
      clock.advance(Duration.ofDays(1));
    }
    assertThat(new Backlog(database, new Trail(clock)).list()).as("nobody's business").isEmpty();
  }

  @Test
  void theDailyJobOfAProcessThatDiedIsDoneByAnother() {
    jobs(_ -> new Work.Done()).daily(_ -> new Work.Next("", Duration.ofDays(1)), Duration.ZERO);
    JobRows.Claimed dead =
        database.write(handle ->
            JobRows.claim(
                handle,
                Set.of(Jobs.DAILY),
                clock.millis(),
                clock.millis() + Jobs.LEASE.toMillis()));
    assertThat(dead).isNotNull();
    List<String> done = new ArrayList<>();
    var other = new Jobs(databases.open("other"), clock);
    other.daily(
        payload -> {
          done.add(payload);
          return new Work.Next("", Duration.ofDays(1));
        },
        Duration.ZERO);
    assertThat(other.drain()).isZero();
    clock.advance(Jobs.LEASE);
    assertThat(other.drain()).isEqualTo(1);
    assertThat(done).hasSize(1);
  }

  private static void drainAtOnce(List<Jobs> all) throws InterruptedException {
    List<Thread> threads = all.stream().map(jobs -> Thread.ofVirtual().start(jobs::drain)).toList();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void addOnce(String payload) {
    database.write(handle -> {
      Jobs.addOnce(handle, "kind", payload, clock.millis());
      return handle;
    });
  }

  @Test
  void worksByItselfOnceStarted() throws InterruptedException {
    var done = new CountDownLatch(1);
    try (Jobs jobs =
        jobs(_ -> {
          done.countDown();
          return new Work.Done();
        })) {
      jobs.start();
      add("a");
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Jobs jobs(Work work) {
    var jobs = new Jobs(database, clock);
    jobs.handle("kind", work);
    return jobs;
  }

  private static Work.Outcome record(List<String> done, String payload) {
    done.add(payload);
    return new Work.Done();
  }

  private void add(String payload) {
    database.write(handle -> {
      Jobs.add(handle, "kind", payload, clock.millis());
      return handle;
    });
  }

  private JobRows.@Nullable Claimed claim() {
    return database.write(handle ->
        JobRows.claim(
            handle, Set.of("kind"), clock.millis(), clock.millis() + Jobs.LEASE.toMillis()));
  }

  private List<String> rows() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT payload || ' ' || COALESCE(failure, '') || ' ' || due FROM job ORDER BY id")
            .mapTo(String.class)
            .list());
  }
}
