package dev.gatehouse.torture;

import dev.gatehouse.testing.PackageBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;

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
