package dev.gatehouse.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

/// The public registry at an address of this machine, tarballs and all, so that a test can take it
/// away: what installs afterwards came from the store.
final class PublicRelay implements AutoCloseable {
  private static final String TARGET = configuredRegistry();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  private final HttpServer server;

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
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(TARGET + exchange.getRequestURI().toString().substring(1)))
              .timeout(Duration.ofMinutes(2));
      for (String header : List.of("Accept", "If-None-Match", "If-Modified-Since")) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      answer(exchange, HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
    for (String header : List.of("Content-Type", "ETag", "Last-Modified", "Cache-Control")) {
      response
          .headers()
          .firstValue(header)
          .ifPresent(value -> exchange.getResponseHeaders().set(header, value));
    }
    byte[] body = response.body();
    if (response.headers().firstValue("Content-Type").orElse("").contains("json")) {
      body =
          new String(body, StandardCharsets.UTF_8)
              .replace("\"" + TARGET, "\"" + url())
              .getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
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
