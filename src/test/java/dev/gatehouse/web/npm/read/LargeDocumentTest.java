package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Main;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.testing.TestingUpstream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents of 40 MB, read through a server in a process of its own with the launcher's heap.
final class LargeDocumentTest {
  private static final int SIZE = 40 << 20;
  private static final Pattern LISTENS = Pattern.compile("listens on (\\S+)");
  private static final List<String> FLAGS =
      List.of(
          "-Xmx160m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  @TempDir private Path data = Path.of("");
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

  @Test
  void servesTwoOfThemToManyAtOnceAndAgainAfterAChange() throws Exception {
    try (var upstream = TestingUpstream.start()) {
      upstream.put("large", document("large", "1.0.0"));
      upstream.put("huge", document("huge", "1.0.0"));
      Process process = serve(upstream);
      try {
        String registry = open(process);
        readAll(registry, false);
        upstream.put("large", document("large", "2.0.0"));
        upstream.put("huge", document("huge", "2.0.0"));
        readAll(registry, true);
        assertThat(process.isAlive()).isTrue();
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private void readAll(String registry, boolean again) throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      for (String name : List.of("large", "huge")) {
        for (String accept : List.of("*/*", Reader.ABBREVIATED)) {
          for (String encoding : List.of("gzip", "zstd", "identity")) {
            clients.add(() -> read(registry + name, accept, encoding, again));
          }
        }
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : threads.invokeAll(clients)) {
        assertThat(status.get()).isEqualTo(200);
      }
    }
  }

  private int read(String url, String accept, String encoding, boolean again)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMinutes(3))
            .headers("accept", accept, "accept-encoding", encoding);
    if (again) {
      request.header("cache-control", "no-cache");
    }
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      body.skip(Long.MAX_VALUE);
    }
    return response.statusCode();
  }

  private Process serve(TestingUpstream upstream) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve"));
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    command.addAll(List.of("--public-registry", upstream.url().toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// The address of a registry that asks for no token.
  private String open(Process process) throws IOException, InterruptedException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String base = "";
    for (String line = out.readLine(); base.isEmpty(); line = out.readLine()) {
      assertThat(line).as("the server's greeting").isNotNull();
      Matcher listens = LISTENS.matcher(line);
      base = listens.find() ? listens.group(1) : "";
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    var context =
        new OperatorContext(
            Clock.systemUTC(),
            InputStream.nullInputStream(),
            Map.of("GATEHOUSE_DATA", data.toString()));
    int code =
        Main.commandLine(context)
            .execute("registry", "create", "open", "--upstream", "public", "--anonymous-read");
    assertThat(code).isZero();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String registry = base + "/r/open/";
    while (read(registry + "-/ping", "*/*", "identity", false) != 200) {
      assertThat(System.nanoTime()).as("the server learns of the registry").isLessThan(end);
    }
    return registry;
  }

  private static byte[] document(String name, String first) {
    var json = new ByteArrayOutputStream(SIZE + 100_000);
    json.writeBytes(
        "{\"name\":\"%s\",\"versions\":{\"%s\":{\"name\":\"%s\",\"version\":\"%s\"}"
            .formatted(name, first, name, first)
            .getBytes(StandardCharsets.UTF_8));
    String filler = "x".repeat(3_500);
    for (int i = 0; json.size() < SIZE; i++) {
      json.writeBytes(
          ",\"1.1.%d\":{\"name\":\"%s\",\"version\":\"1.1.%d\",\"main\":\"%s\",\"bin\":{\"a\":\"b\"},\"dist\":{\"integrity\":\"sha512-%s\"}}"
              .formatted(i, name, i, filler, "A".repeat(86))
              .getBytes(StandardCharsets.UTF_8));
    }
    json.writeBytes("}}".getBytes(StandardCharsets.UTF_8));
    return json.toByteArray();
  }
}
