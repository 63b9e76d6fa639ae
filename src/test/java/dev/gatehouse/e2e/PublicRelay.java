package dev.gatehouse.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testing.TestingDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;

/// The public registry at an address of this machine, tarballs and all, so that a test can take it
/// away: what installs afterwards came from the store. What one relay has been given the others of
/// this run give again, so that the public registry is asked for everything once.
final class PublicRelay implements AutoCloseable {
  private static final String TARGET = configuredRegistry();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  private static final ConcurrentMap<String, Kept> KEPT = new ConcurrentHashMap<>();
  private static final Path DIRECTORY = temporaryDirectory();

  private final HttpServer server;

  /// An answer, its body in a file.
  private record Kept(HttpHeaders headers, Path body) {}

  PublicRelay() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::relay);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void relay(HttpExchange exchange) throws IOException {
    try (exchange) {
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      String path = exchange.getRequestURI().toString().substring(1);
      String key = accept + " " + path;
      Kept kept = KEPT.get(key);
      if (kept != null) {
        answer(exchange, 200, kept.headers(), Files.readAllBytes(kept.body()));
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(TARGET + path)).timeout(Duration.ofMinutes(2));
      if (accept != null) {
        request.header("Accept", accept);
      }
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        Path body = Files.createTempFile(DIRECTORY, "answer", null);
        Files.write(body, response.body());
        KEPT.put(key, new Kept(response.headers(), body));
      }
      answer(exchange, response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, int status, HttpHeaders headers, byte[] given)
      throws IOException {
    for (String header : List.of("Content-Type", "ETag", "Last-Modified", "Cache-Control")) {
      headers
          .firstValue(header)
          .ifPresent(value -> exchange.getResponseHeaders().set(header, value));
    }
    byte[] body = given;
    if (headers.firstValue("Content-Type").orElse("").contains("json")) {
      body =
          new String(body, StandardCharsets.UTF_8)
              .replace("\"" + TARGET, "\"" + url())
              .getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("gatehouse-relay");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> TestingDirectories.delete(directory), "relay"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuredRegistry() {
    try {
      Process npm = new ProcessBuilder("npm", "config", "get", "registry").start();
      String url = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return url.endsWith("/") ? url : url + "/";
    } catch (IOException e) {
      throw new UncheckedIOException("npm cannot be asked for the public registry", e);
    }
  }

  /// Takes it away: whoever asks now is refused a connection.
  void vanish() {
    server.stop(0);
  }

  @Override
  public void close() {
    vanish();
  }
}
