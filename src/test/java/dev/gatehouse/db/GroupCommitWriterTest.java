package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Groups are made on purpose: a first piece of work holds the writer until the others have queued
/// up behind it, so that those become one transaction.
class GroupCommitWriterTest {
  @AutoClose private final TestingDatabase databases = TestingDatabases.fresh(Dialect.SQLITE);
  private final Database database = databases.database();

  @AutoClose("close")
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch writerIsHeld = new CountDownLatch(1);

  @Test
  void undoesTheFailingWorkOfAGroupAlone() throws Exception {
    var held = holdTheWriter();
    var one = write("one");
    var failing = write("two", () -> fail("no"));
    var three = write("three");
    first.countDown();

    held.get(10, TimeUnit.SECONDS);
    one.get(10, TimeUnit.SECONDS);
    three.get(10, TimeUnit.SECONDS);
    assertThat(failing)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("no");
    assertThat(names()).contains("one", "three").doesNotContain("two").hasSize(2);
  }

  @Test
  void answersNobodyBeforeTheWholeGroupIsCommitted() throws Exception {
    var held = holdTheWriter();
    var lastRuns = new CountDownLatch(1);
    var lastMayEnd = new CountDownLatch(1);
    var early = write("early");
    var last =
        write(
            "last",
            () -> {
              lastRuns.countDown();
              await(lastMayEnd);
            });
    first.countDown();
    held.get(10, TimeUnit.SECONDS);
    await(lastRuns);

    assertThat(early).isNotDone();
    assertThat(names()).isEmpty();

    lastMayEnd.countDown();
    early.get(10, TimeUnit.SECONDS);
    last.get(10, TimeUnit.SECONDS);
    assertThat(names()).containsExactlyInAnyOrder("early", "last");
  }

  @Test
  void refusesToWriteOnceClosed() {
    Database other = databases.open("operator");
    other.close();

    assertThatThrownBy(() -> other.write(_ -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The database is closed.");
  }

  private CompletableFuture<Integer> holdTheWriter() throws InterruptedException {
    var held =
        CompletableFuture.supplyAsync(
            () ->
                database.write(_ -> {
                  writerIsHeld.countDown();
                  await(first);
                  return 0;
                }),
            threads);
    assertThat(writerIsHeld.await(10, TimeUnit.SECONDS)).isTrue();
    return held;
  }

  private CompletableFuture<Integer> write(String name) throws InterruptedException {
    return write(name, () -> {});
  }

  /// Queues an insertion, and returns once it waits behind the held writer.
  private CompletableFuture<Integer> write(String name, Runnable then) throws InterruptedException {
    var thread = new CompletableFuture<Thread>();
    var result =
        CompletableFuture.supplyAsync(
            () -> {
              thread.complete(Thread.currentThread());
              return database.write(handle -> {
                handle.execute("INSERT INTO setting (name, value) VALUES (?, '')", name);
                then.run();
                return 1;
              });
            },
            threads);
    while (thread.join().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return result;
  }

  private List<String> names() {
    return database.read(
        handle -> handle.createQuery("SELECT name FROM setting").mapTo(String.class).list());
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
