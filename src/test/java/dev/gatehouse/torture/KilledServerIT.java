package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.GatehouseProcess;
import dev.gatehouse.torture.Publishing.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// `kill -9` while 200 versions are being published at the same time, again and again on one data
/// directory: what was answered 2xx is there afterwards, byte for byte.
@Isolated
final class KilledServerIT {
  private static final int ROUNDS = Integer.getInteger("torture.rounds", 10);

  /// The number of the first round; rounds of the same number are killed at the same publish.
  private static final int FIRST = Integer.getInteger("torture.first", 0);

  private static final int PUBLISHES = 200;
  private static final int CONNECTIONS = 64;

  @TempDir private Path folder;

  @Test
  void whatWasAnsweredSurvivesBeingKilled() throws Exception {
    try (var server =
        GatehouseProcess.start(
            folder.resolve("data"), "--public-registry", "http://127.0.0.1:9/")) {
      server.addUser("ada", "developer", "a-long-password");
      String token = server.token("ada");
      int answered = 0;
      for (int round = FIRST; round < FIRST + ROUNDS; round++) {
        var publishing = new Publishing(server.registry("default"), token);
        Queue<Sent> promised = publishUntilKilled(server, publishing, round);
        server.restart("--public-registry", "http://127.0.0.1:9/");
        assertKept(new Publishing(server.registry("default"), token), promised);
        answered += promised.size();
      }
      assertThat(answered).as("publishes that were answered").isGreaterThan(ROUNDS);
      assertThat(server.operator("", "verify").exit()).as("verify").isZero();
      System.out.printf(
          "Killed %d times: %d of %d publishes were answered, none is lost, verify is clean.%n",
          ROUNDS, answered, ROUNDS * PUBLISHES);
    }
  }

  /// What is told is written with what it tells of: a message for each version that is there, and
  /// for no other, however far it was when the server died. Nobody listens at the address.
  @Test
  void whatIsToBeToldSurvivesBeingKilledWithWhatItTellsOf() throws Exception {
    try (var server =
        GatehouseProcess.start(
            folder.resolve("told"), "--public-registry", "http://127.0.0.1:9/")) {
      server.addUser("ada", "developer", "a-long-password");
      String token = server.token("ada");
      server.operator("", "webhook", "add", "all", "http://127.0.0.1:9/hook").ok();
      // So that it knows of the webhook from the first publish on.
      server.restart("--public-registry", "http://127.0.0.1:9/");
      var publishing = new Publishing(server.registry("default"), token);
      Queue<Sent> promised = publishUntilKilled(server, publishing, FIRST);
      server.restart("--public-registry", "http://127.0.0.1:9/");

      var after = new Publishing(server.registry("default"), token);
      assertKept(after, promised);
      int there = 0;
      for (int i = 0; i < PUBLISHES; i++) {
        there += after.tarball(sent(FIRST, i)).length > 0 ? 1 : 0;
      }
      String told = server.operator("", "webhook", "deliveries", "all", "--json").ok().out();
      assertThat(told.split("version.published", -1)).hasSize(there + 1);
    }
  }

  @Test
  void whatIsUnderWayIsFinishedWhenItIsToldToStop() throws Exception {
    try (var server =
        GatehouseProcess.start(
            folder.resolve("stopped"), "--public-registry", "http://127.0.0.1:9/")) {
      server.addUser("ada", "developer", "a-long-password");
      var publishing = new Publishing(server.registry("default"), server.token("ada"));
      Sent last = Sent.of("last", "1.0.0", 7);
      try (var slow = publishing.begin(last, 7)) {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(server::stop);
        publishing.awaitRefusal();
        assertThat(slow.finish()).startsWith("HTTP/1.1 201");
        assertThat(exit.get()).as("as of what SIGTERM has ended").isEqualTo(143);
      }
      server.restart("--public-registry", "http://127.0.0.1:9/");
      assertThat(publishing.tarball(last)).isEqualTo(last.tarball());
    }
  }

  private static Queue<Sent> publishUntilKilled(
      GatehouseProcess server, Publishing publishing, int round) {
    int enough = 1 + new Random(round).nextInt(PUBLISHES - 1);
    Queue<Sent> promised = new ConcurrentLinkedQueue<>();
    var answered = new AtomicInteger();
    var room = new Semaphore(CONNECTIONS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PUBLISHES; i++) {
        long seed = round * 1_000L + i;
        Sent sent = sent(round, i);
        threads.execute(() -> {
          room.acquireUninterruptibly();
          try {
            if (publishing.publish(sent, seed) / 100 == 2) {
              promised.add(sent);
              if (answered.incrementAndGet() == enough) {
                server.kill();
              }
            }
          } catch (IOException _) {
            // Killed before it answered: nothing was promised.
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } finally {
            room.release();
          }
        });
      }
    }
    return promised;
  }

  /// Every other one goes into one package, so that its rows are fought over.
  private static Sent sent(int round, int number) {
    long seed = round * 1_000L + number;
    return number % 2 == 0
        ? Sent.of("alone-" + round + "-" + number, "1.0.0", seed)
        : Sent.of("shared", "1." + round + "." + number, seed);
  }

  private static void assertKept(Publishing publishing, Queue<Sent> promised)
      throws IOException, InterruptedException {
    for (Sent sent : promised) {
      assertThat(publishing.tarball(sent)).as(sent.name()).isEqualTo(sent.tarball());
      assertThat(publishing.packument(sent.name())).contains('"' + sent.version() + '"');
    }
  }
}
