package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a client may cost, and how the server stops.
final class LimitsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Handler HELLO = _ -> Response.text(200, "hello");

  @Test
  void refusesAUrlThatIsTooLong() throws IOException {
    try (HttpServer server = Servers.start(HELLO)) {
      assertThat(RawClient.get(server.port(), "/" + "a".repeat(7_000)).status()).isEqualTo(200);
      RawClient.Answer answer = RawClient.get(server.port(), "/" + "a".repeat(9_000));
      assertThat(answer.status()).isEqualTo(414);
      assertThat(answer.text()).startsWith("{\"error\":");
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws IOException {
    try (HttpServer server = Servers.start(HELLO)) {
      String header = "x-filler: " + "a".repeat(15_000);
      assertThat(RawClient.get(server.port(), "/", header, header).status()).isEqualTo(200);
      assertThat(RawClient.get(server.port(), "/", header, header, header).status()).isEqualTo(431);
    }
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    try (HttpServer server = Servers.start(HELLO);
        RawClient client = new RawClient(server.port())) {
      client.send("\u0016\u0003\u0001 hello\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).startsWith("{\"error\":");
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void closesAConnectionWhoseHeadNeverEnds() throws Exception {
    try (HttpServer server = Servers.start(Servers.quick(SHORT, LONG), HELLO);
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\n");
      CountDownLatch closed = new CountDownLatch(1);
      Thread trickle =
          Thread.startVirtualThread(() -> {
            try {
              while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                client.send("x: y\r\n");
              }
            } catch (IOException | InterruptedException _) {
              return;
            }
          });
      assertThat(end(client)).isTrue();
      closed.countDown();
      trickle.join();
    }
  }

  /// A reset is an end too: the client was sending when the server closed.
  private static boolean end(RawClient client) {
    try {
      return client.read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void keepsAConnectionWhoseRequestTakesLongerThanAHeadMay() throws Exception {
    try (HttpServer server =
            Servers.start(
                Servers.quick(SHORT, LONG),
                _ -> {
                  new CountDownLatch(1).await(1500, TimeUnit.MILLISECONDS);
                  return Response.text(200, "late");
                });
        RawClient client = new RawClient(server.port())) {
      client.head("GET", "/");
      assertThat(client.answer().text()).isEqualTo("late");
    }
  }

  @Test
  void boundsTheNumberOfConnections() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try (HttpServer server = Servers.start(Servers.quick(LONG, LONG), HELLO)) {
      for (int i = 0; i < 64; i++) {
        RawClient client = new RawClient(server.port());
        clients.add(client);
        client.head("GET", "/");
        assertThat(client.answer().status()).isEqualTo(200);
      }
      try (RawClient oneTooMany = new RawClient(server.port())) {
        assertThat(end(oneTooMany)).isTrue();
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void isBusyWhenTooManyRequestsWaitAndStillAnswersWhatIsWarm() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(63);
    Handler handler =
        new Handler() {
          @Override
          public Response handle(Request request) throws Exception {
            waiting.countDown();
            proceed.await();
            return Response.text(200, "cold");
          }

          @Override
          public @org.jspecify.annotations.Nullable Response warm(Request request) {
            return request.path().equals("/warm") ? Response.text(200, "warm") : null;
          }
        };
    HttpSettings.Limits limits = Servers.quick(LONG, LONG);
    List<RawClient> clients = new ArrayList<>();
    HttpSettings.Limits few =
        new HttpSettings.Limits(
            limits.idle(), LONG, LONG, limits.drain(), 1000, 8 << 10, 4 << 10, 63, 1000);
    try (HttpServer server = Servers.start(few, handler)) {
      for (int i = 0; i < 63; i++) {
        RawClient client = new RawClient(server.port());
        clients.add(client);
        client.head("GET", "/cold");
      }
      waiting.await();
      RawClient.Answer busy = RawClient.get(server.port(), "/cold");
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.header("retry-after")).isEqualTo("1");
      assertThat(RawClient.get(server.port(), "/warm").text()).isEqualTo("warm");
      proceed.countDown();
      for (RawClient client : clients) {
        assertThat(client.answer().text()).isEqualTo("cold");
      }
      assertThat(RawClient.get(server.port(), "/cold").text()).isEqualTo("cold");
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void finishesWhatIsInProgressBeforeItStops() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    CountDownLatch handling = new CountDownLatch(1);
    HttpServer server =
        Servers.start(
            Servers.quick(LONG, LONG),
            _ -> {
              handling.countDown();
              proceed.await();
              return Response.text(200, "finished");
            });
    int port = server.port();
    try (RawClient client = new RawClient(port);
        RawClient idle = new RawClient(port)) {
      client.head("GET", "/");
      handling.await();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      assertThat(end(idle)).as("connections without a request end at once").isTrue();
      assertThat(refuses(port)).as("new connections are refused soon").isTrue();
      assertThat(stopped).isNotDone();
      proceed.countDown();
      assertThat(client.answer().text()).isEqualTo("finished");
      assertThat(client.read()).isEqualTo(-1);
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  /// Idle connections end and the port closes at the same time, in no promised order.
  private static boolean refuses(int port) throws IOException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        new RawClient(port).close();
      } catch (ConnectException _) {
        return true;
      } catch (SocketException _) {
        // Reset: it was still waiting to be accepted when the port closed.
      }
    }
    return false;
  }

  @Test
  void saysWhatIsWrongWhenThePortIsTaken() throws IOException {
    try (HttpServer server = Servers.start(HELLO)) {
      assertThatThrownBy(
              () -> HttpServer.start(HttpSettings.on("127.0.0.1", server.port()), HELLO).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1 port " + server.port());
    }
  }
}
