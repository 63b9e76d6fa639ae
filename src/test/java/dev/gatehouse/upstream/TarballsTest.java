package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarballsTest {
  @TempDir Path scratch;
  private final TestingUpstream upstream = TestingUpstream.start();
  private TestingClient client;

  @BeforeEach
  void open() {
    client = new TestingClient(scratch);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private TarballAnswer ask() {
    return client.tarball(upstream.url(), upstream.url("/a/-/a-1.0.0.tgz"));
  }

  @Test
  void streamsATarballWithItsLength() throws IOException {
    byte[] tarball = bytes(TestingClient.MAX_TARBALL);
    upstream.putTarball("a", "1.0.0", tarball);
    try (TarballStream stream = opened(ask())) {
      assertThat(stream.length()).isEqualTo(tarball.length);
      assertThat(stream.body().readAllBytes()).isEqualTo(tarball);
      assertThat(stream.body().read()).isEqualTo(-1);
    }
  }

  @Test
  void streamsATarballOfUnknownLength() throws IOException {
    byte[] tarball = bytes(100_000);
    upstream.putTarball("a", "1.0.0", tarball).chunked();
    try (TarballStream stream = opened(ask())) {
      assertThat(stream.length()).isNull();
      assertThat(stream.body().readAllBytes()).isEqualTo(tarball);
    }
  }

  @Test
  void leavesTheBytesAsTheyAre() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(100)).header("Content-Encoding", "gzip");
    try (TarballStream stream = opened(ask())) {
      assertThat(stream.body().readAllBytes()).isEqualTo(bytes(100));
    }
    assertThat(upstream.requests().getFirst().header("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void saysThatThereIsNoSuchTarball() {
    assertThat(ask()).isEqualTo(new TarballAnswer.NotFound());
  }

  @Test
  void tellsATarballThatEndsTooEarly() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(1000)).cutAfter(999);
    try (TarballStream stream = opened(ask())) {
      assertThatThrownBy(() -> stream.body().readAllBytes())
          .isInstanceOf(UpstreamException.class)
          .hasMessageContaining("broke its answer off");
    }
  }

  @Test
  void tellsATarballThatEndsTooEarlyInChunks() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(1000)).chunked().cutAfter(999);
    try (TarballStream stream = opened(ask())) {
      assertThatThrownBy(() -> stream.body().readAllBytes()).isInstanceOf(UpstreamException.class);
    }
  }

  @Test
  void refusesALargeTarballBeforeReadingIt() {
    upstream.putTarball("a", "1.0.0", bytes(TestingClient.MAX_TARBALL + 1));
    assertThat(failed(ask()).sentence()).contains("larger than the limit");
  }

  @Test
  void stopsALargeTarballThatHidesItsLength() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(TestingClient.MAX_TARBALL + 1)).chunked();
    try (TarballStream stream = opened(ask())) {
      assertThatThrownBy(() -> stream.body().readAllBytes())
          .isInstanceOf(UpstreamException.class)
          .hasMessageContaining("larger than the limit");
    }
  }

  @Test
  void lettingGoOfEndlessTarballsTakesNoTimeAndKeepsNoConnection() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(10)).drip();
    // More than the connections to one host, each of which would drip for the whole time.
    for (int i = 0; i < 10; i++) {
      try (TarballStream stream = opened(ask())) {
        assertThat(stream.body().read()).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void givesConnectionsBackOnWhateverWay() throws IOException {
    upstream.putTarball("a", "1.0.0", bytes(1000));
    upstream.at("/missing").status(404).body("{}");
    upstream.at("/large").body(bytes(TestingClient.MAX_TARBALL + 1));
    upstream.at("/moved").redirect(upstream.url("/a/-/a-1.0.0.tgz"));
    for (int i = 0; i < 10; i++) {
      client.tarball(upstream.url(), upstream.url("/missing"));
      client.tarball(upstream.url(), upstream.url("/large"));
      opened(client.tarball(upstream.url(), upstream.url("/moved"))).close();
      try (TarballStream stream = opened(ask())) {
        stream.body().readAllBytes();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host.test/a",
        "file:/etc/passwd",
        "/a",
        "http:///a",
        "http://u:p@host.test/"
      })
  void refusesAnAddressThatIsNoneOfTheWeb(String url) {
    assertThat(failed(client.tarball(upstream.url(), URI.create(url))).sentence())
        .contains("cannot be asked for")
        .doesNotContain("u:p");
  }
}
