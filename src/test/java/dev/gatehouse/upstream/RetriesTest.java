package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.opened;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetriesTest {
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

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void asksAgainAfterTroubleThatPasses(int status) {
    upstream.next("/a").status(status);
    upstream.next("/a").status(status);
    upstream.put("a", "{}");
    assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{}");
    assertThat(upstream.requests("/a")).hasSize(3);
  }

  @Test
  void givesUpAfterThreeTries() {
    upstream.at("/a").status(503).body("down");
    assertThat(failed(client.packument(upstream.url(), "a")).sentence()).contains("(503)");
    assertThat(upstream.requests("/a")).hasSize(3);
  }

  @Test
  void asksAgainAfterACutDocument() {
    upstream.next("/a").body("{\"a\":1}").cutAfter(3);
    upstream.put("a", "{\"a\":2}");
    assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{\"a\":2}");
  }

  @Test
  void waitsAsLongAsTheUpstreamAsks() {
    upstream.next("/a").status(429).header("Retry-After", "1");
    upstream.put("a", "{}");
    long before = System.nanoTime();
    assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{}");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "3600", "Fri, 01 Jan 2100 00:00:00 GMT"})
  void doesNotMakeAPersonWaitForLong(String retryAfter) {
    upstream.at("/a").status(503).header("Retry-After", retryAfter);
    failed(client.packument(upstream.url(), "a"));
    assertThat(upstream.requests("/a")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "-1", "0", "99999999999999999999", "Fri, 01 Jan 2010 00:00:00 GMT"})
  void toleratesAnOddRetryAfter(String retryAfter) {
    upstream.next("/a").status(503).header("Retry-After", retryAfter);
    upstream.put("a", "{}");
    assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{}");
  }

  @Test
  void asksAgainForATarball() throws IOException {
    upstream.next("/a.tgz").status(503);
    upstream.at("/a.tgz").body("bytes");
    try (TarballStream stream = opened(client.tarball(upstream.url(), upstream.url("/a.tgz")))) {
      assertThat(stream.body().readAllBytes()).asString().isEqualTo("bytes");
    }
  }
}
