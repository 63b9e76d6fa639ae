package dev.gatehouse.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry of the tests' own on a port of the machine, which answers, and fails, as told. Paths
/// are given decoded: `/@s/n` answers `/@s%2fn` too. What nothing was put at is answered 404.
public final class TestingUpstream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, TestingAnswer> answers = new ConcurrentHashMap<>();
  private final Map<String, Queue<TestingAnswer>> nexts = new ConcurrentHashMap<>();
  private final List<TestingRequest> requests = new ArrayList<>();

  private TestingUpstream(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Starts one on a free port of 127.0.0.1.
  public static TestingUpstream start() {
    try {
      return new TestingUpstream(HttpServer.create(localhost(), 0), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts one on a free port of 127.0.0.1 that speaks TLS and offers HTTP/2 and HTTP/1.1.
  public static TestingUpstream start(TestingTls tls) {
    try {
      return new TestingUpstream(tls.server(localhost()), "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress localhost() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  /// The base address, ending in a slash.
  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + port() + "/");
  }

  /// The address of `path`, which begins with a slash.
  public URI url(String path) {
    return url().resolve(path);
  }

  /// The port it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Serves `packument` as the document of package `name`.
  public TestingAnswer put(String name, byte[] packument) {
    return at("/" + name).body(packument).header("Content-Type", "application/json");
  }

  /// Serves `packument` as the document of package `name`.
  public TestingAnswer put(String name, String packument) {
    return put(name, packument.getBytes(StandardCharsets.UTF_8));
  }

  /// Serves `tarball` at the canonical path of a version.
  public TestingAnswer putTarball(String name, String version, byte[] tarball) {
    return at(TestingPackage.tarballPath(name, version))
        .body(tarball)
        .header("Content-Type", "application/octet-stream");
  }

  /// What `path` answers from now on: 200 with an empty body until told otherwise.
  public TestingAnswer at(String path) {
    TestingAnswer answer = new TestingAnswer(closed);
    answers.put(path, answer);
    return answer;
  }

  /// What `path` answers once, before all else and after other such answers.
  public TestingAnswer next(String path) {
    TestingAnswer answer = new TestingAnswer(closed);
    nexts.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(answer);
    return answer;
  }

  /// The requests to `path` so far.
  public List<TestingRequest> requests(String path) {
    return requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  /// All requests so far.
  public List<TestingRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /// Waits until `count` requests to `path` have arrived, answered or not.
  public void awaitRequests(String path, int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (requests) {
      while (requests(path).size() < count) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError("Only %d requests to %s".formatted(requests(path).size(), path));
        }
        requests.wait(left);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    TestingRequest request = TestingRequest.of(exchange);
    synchronized (requests) {
      requests.add(request);
      requests.notifyAll();
    }
    try {
      choose(request.path()).send(exchange);
      exchange.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private TestingAnswer choose(String path) {
    Queue<TestingAnswer> queue = nexts.getOrDefault(path, new ArrayDeque<>());
    synchronized (queue) {
      TestingAnswer next = queue.poll();
      if (next != null) {
        return next;
      }
    }
    TestingAnswer missing = new TestingAnswer(closed).status(404).body("{\"error\":\"Not found\"}");
    return answers.getOrDefault(path, missing);
  }

  /// Lets go of whatever is held back, and ends.
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
