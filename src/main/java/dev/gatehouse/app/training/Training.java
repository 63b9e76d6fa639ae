package dev.gatehouse.app.training;

import java.io.IOException;

/// Installs, again and again, and publishes: as much as it takes for the JVM to know what is hot.
public record Training(int port, String token) {
  private static final int PACKAGES = 150;
  private static final int WARM_ROUNDS = 25_000;
  private static final String REGISTRY = "/r/default/";
  private static final String FULL = "Accept: application/json\r\nAccept-Encoding: gzip\r\n";
  private static final String ABBREVIATED =
      "Accept: application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*\r\n";
  private static final String GZIP = ABBREVIATED + "Accept-Encoding: gzip, deflate\r\n";
  private static final String ZSTD = ABBREVIATED + "Accept-Encoding: zstd,gzip,deflate\r\n";

  /// Runs all of it. Throws `IllegalStateException` if the server answers what it should not.
  public void run() throws IOException {
    try (var client = new SampleClient(port, token)) {
      for (int i = 0; i < PACKAGES; i++) {
        install(client, "sample-" + i);
      }
      for (int i = 0; i < PACKAGES; i++) {
        String name = "published-" + i;
        expect(201, client.put(REGISTRY + name, SamplePackage.of(name).publishBody()));
        install(client, name);
      }
      warm(client, "sample-1");
    }
  }

  private static void install(SampleClient client, String name) throws IOException {
    String path = REGISTRY + name;
    expect(200, client.get(path, FULL));
    expect(200, client.get(path, GZIP));
    expect(200, client.get(path, ZSTD));
    expect(200, client.get(path, ""));
    expect(200, client.get(path + "/1.0.0", ""));
    expect(200, client.get(path + "/-/" + name + "-1.0.0.tgz", ""));
  }

  private static void warm(SampleClient client, String name) throws IOException {
    String path = REGISTRY + name;
    String condition = "If-None-Match: " + client.get(path, GZIP).etag() + "\r\n";
    for (int i = 0; i < WARM_ROUNDS; i++) {
      expect(200, client.get(path, GZIP));
      expect(304, client.get(path, GZIP + condition));
      expect(200, client.get(path + "/-/" + name + "-1.0.0.tgz", ""));
    }
  }

  private static void expect(int status, SampleClient.Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException(
          "Expected " + status + " in training, got " + answer.status());
    }
  }
}
