package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingTls;
import dev.gatehouse.testing.TestingUpstream;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  @TempDir static Path keys;
  @TempDir Path scratch;
  private static TestingTls tls;
  private TestingUpstream upstream;

  @BeforeAll
  static void makeAKey() {
    tls = TestingTls.create(keys);
  }

  @BeforeEach
  void open() {
    upstream = TestingUpstream.start(tls);
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void speaksHttp1WithAnUpstreamThatPrefersHttp2() {
    upstream.put("a", "{}");
    try (TestingClient client = new TestingClient(scratch, tls)) {
      assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{}");
    }
  }

  @Test
  void doesNotFollowFromHttpsToHttp() {
    try (TestingUpstream plain = TestingUpstream.start();
        TestingClient client = new TestingClient(scratch, tls)) {
      upstream.at("/a").redirect(plain.url("/a"));
      assertThat(failed(client.packument(upstream.url(), "a")).sentence()).contains("plain http");
      assertThat(plain.requests()).isEmpty();
    }
  }

  @Test
  void refusesACertificateThatNobodyTrusts() {
    try (TestingClient client = new TestingClient(scratch)) {
      assertThat(failed(client.packument(upstream.url(), "a")).sentence()).contains("certificate");
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void refusesACertificateForAnotherName() {
    try (TestingClient client = new TestingClient(scratch, tls)) {
      URI base = URI.create("https://registry.test:" + upstream.port() + "/");
      assertThat(failed(client.packument(base, "a")).sentence()).contains("certificate");
    }
    assertThat(upstream.requests()).isEmpty();
  }
}
