package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of which the server offers the ten bytes `0123456789` in the middle.
final class FileBodyTest {
  @TempDir Path folder;
  private HttpServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(folder.resolve("file"), "<<0123456789>>");
    server =
        Servers.start(request ->
            Response.of(200, "application/octet-stream", new Body.File(file, 2, 10))
                .with("ETag", "\"e\""));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void isSentWhole() throws IOException {
    RawClient.Answer answer = RawClient.get(server.port(), "/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("0123456789");
    assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
    assertThat(answer.header("content-length")).isEqualTo("10");
    assertThat(answer.headers()).doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0123, bytes 0-3/10",
    "bytes=4-, 456789, bytes 4-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=-99, 0123456789, bytes 0-9/10",
    "bytes=9-99, 9, bytes 9-9/10",
    "bytes=0-99999999999999999999999, 0123456789, bytes 0-9/10",
  })
  void isSentInPart(String range, String body, String contentRange) throws IOException {
    RawClient.Answer answer = RawClient.get(server.port(), "/", "Range: " + range);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("content-range")).isEqualTo(contentRange);
    assertThat(answer.header("content-length")).isEqualTo(Integer.toString(body.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,3-4", "lines=0-1", "bytes=5-4", "bytes=x-", "bytes=-", "bytes=1"})
  void isSentWholeForRangesThatAreNotUnderstood(String range) throws IOException {
    RawClient.Answer answer = RawClient.get(server.port(), "/", "Range: " + range);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=99999999999999999999-", "bytes=-0"})
  void refusesARangeOutside(String range) throws IOException {
    RawClient.Answer answer = RawClient.get(server.port(), "/", "Range: " + range);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("content-range")).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"e\"', 206",
    "'\"other\"', 200",
    "'W/\"e\"', 200",
    "'Mon, 01 Jan 2024 00:00:00 GMT', 200"
  })
  void heedsIfRange(String condition, int status) throws IOException {
    assertThat(
            RawClient.get(server.port(), "/", "Range: bytes=0-1", "If-Range: " + condition)
                .status())
        .isEqualTo(status);
  }

  @Test
  void tellsHeadTheSameWithoutABody() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.head("HEAD", "/", "Range: bytes=0-1");
      RawClient.Answer answer = client.answer(true);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isEqualTo("10");
      client.head("GET", "/");
      assertThat(client.answer().text()).isEqualTo("0123456789");
    }
  }

  @Test
  void answersABugWhenTheFileIsShorterThanPromised() throws IOException {
    Files.writeString(file, "<<0123");
    assertThat(RawClient.get(server.port(), "/").status()).isEqualTo(500);
    Files.delete(file);
    RawClient.Answer answer = RawClient.get(server.port(), "/");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.headers()).doesNotContainKeys("etag", "accept-ranges");
  }

  @Test
  void leavesNoFileOpen() throws IOException {
    Path open = Path.of("/proc/self/fd");
    for (int i = 0; i < 20; i++) {
      RawClient.get(server.port(), "/");
    }
    // The last one is closed when its last byte is on its way, which the client may have by then.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isOpen(open)) {
      assertThat(System.nanoTime()).as("the file is still open").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private boolean isOpen(Path descriptors) throws IOException {
    try (var all = Files.list(descriptors)) {
      return all.map(FileBodyTest::target).anyMatch(file.toString()::equals);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return "";
    }
  }
}
