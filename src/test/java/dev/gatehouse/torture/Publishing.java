package dev.gatehouse.torture;

import dev.gatehouse.testing.PackageBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A client that publishes small packages and reads them back, over HTTP/1.1.
record Publishing(HttpClient client, String registry, String token) {
  private static final int PAYLOAD = 10_000;

  Publishing(String registry, String token) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), registry, token);
  }

  /// A version with incompressible bytes that nobody else has.
  @SuppressWarnings("ArrayRecordComponent") // compared by content where it matters
  record Sent(String name, String version, byte[] tarball) {
    static Sent of(String name, String version, long seed) {
      return new Sent(name, version, builder(name, version, seed).tarball());
    }
  }

  /// Publishes; the answer's status. Throws if the connection breaks.
  int publish(Sent sent, long seed) throws IOException, InterruptedException {
    byte[] body = builder(sent.name(), sent.version(), seed).publishBody();
    HttpRequest request =
        request(sent.name())
            .header("content-type", "application/json")
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /// A publish whose head the server has taken and whose body it waits for.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Begun(Socket socket, BufferedReader answer, byte[] body) implements AutoCloseable {
    /// Sends the body; the line of status that comes back.
    String finish() throws IOException {
      socket.getOutputStream().write(body);
      String line = answer.readLine();
      return line.isEmpty() ? answer.readLine() : line; // the end of "100 Continue" comes first
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /// Begins a publish, and returns once the server asks for its body.
  Begun begin(Sent sent, long seed) throws IOException {
    byte[] body = builder(sent.name(), sent.version(), seed).publishBody();
    URI url = URI.create(registry + sent.name());
    var socket = new Socket(url.getHost(), url.getPort());
    socket
        .getOutputStream()
        .write(
            """
            PUT %s HTTP/1.1\r
            host: %s\r
            authorization: Bearer %s\r
            content-type: application/json\r
            content-length: %d\r
            expect: 100-continue\r
            \r
            """
                .formatted(url.getPath(), url.getAuthority(), token, body.length)
                .getBytes(StandardCharsets.US_ASCII));
    var answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String asked = answer.readLine();
    if (asked == null || !asked.startsWith("HTTP/1.1 100")) {
      throw new IOException("the server does not ask for the body: " + asked);
    }
    return new Begun(socket, answer, body);
  }

  /// Waits until the server takes no more connections.
  void awaitRefusal() throws IOException {
    URI url = URI.create(registry);
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < end) {
      try {
        new Socket(url.getHost(), url.getPort()).close();
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      } catch (ConnectException _) {
        return;
      }
    }
    throw new IOException("the server goes on taking connections");
  }

  /// The bytes of the version's tarball, empty if the server does not have it.
  byte[] tarball(Sent sent) throws IOException, InterruptedException {
    String path = sent.name() + "/-/" + sent.name() + "-" + sent.version() + ".tgz";
    HttpResponse<byte[]> answer = client.send(request(path).build(), BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? answer.body() : new byte[0];
  }

  /// The packument as text.
  String packument(String name) throws IOException, InterruptedException {
    return client.send(request(name).build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(registry + path))
        .header("authorization", "Bearer " + token);
  }

  private static PackageBuilder builder(String name, String version, long seed) {
    byte[] payload = new byte[PAYLOAD];
    new Random(seed).nextBytes(payload);
    return PackageBuilder.named(name).version(version).file("payload.bin", payload);
  }
}
