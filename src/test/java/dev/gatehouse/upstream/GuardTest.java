package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.opened;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuardTest {
  @TempDir Path scratch;
  private final TestingUpstream upstream = TestingUpstream.start();
  private final TestingUpstream inside = TestingUpstream.start();
  private TestingClient client;

  @BeforeEach
  void open() {
    client = new TestingClient(scratch);
    inside.put("secret", "{\"secret\":1}");
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
    inside.close();
  }

  private URI insideBy(String host) {
    return URI.create("http://" + host + ":" + inside.port() + "/secret");
  }

  @Test
  void asksAPrivateUpstreamAtItsOwnConfiguredHost() {
    upstream.put("a", "{}");
    assertThat(text(client.packument(upstream.url(), "a"))).isEqualTo("{}");
    URI byName = URI.create("http://registry.test:" + upstream.port() + "/");
    assertThat(text(client.packument(byName, "a"))).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.2",
        "localhost",
        "rebound.test",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "[::]",
        "[64:ff9b::7f00:1]",
        "10.0.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]"
      })
  void refusesToBeSentInside(String host) {
    upstream.at("/a").redirect(insideBy(host));
    assertThat(failed(client.packument(upstream.url(), "a")).sentence())
        .contains("inside a private network", host);
    assertThat(failed(client.tarball(upstream.url(), insideBy(host))).sentence())
        .contains("inside a private network", host);
    assertThat(inside.requests()).isEmpty();
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void trustsTheAddressOfAnUpstreamOnlyOnItsOwnPort() {
    URI neighbour = URI.create("http://127.0.0.1:" + inside.port() + "/secret");
    failed(client.tarball(upstream.url(), neighbour));
    assertThat(inside.requests()).isEmpty();
  }

  @Test
  void doesNotUseAConnectionThatAnotherUpstreamWasAllowedToOpen() {
    assertThat(text(client.packument(inside.url(), "secret"))).contains("secret");
    upstream.at("/a").redirect(inside.url("/secret"));
    failed(client.packument(upstream.url(), "a"));
    assertThat(inside.requests()).hasSize(1);
  }

  @Test
  void staysWithTheAddressThatWasChecked() {
    AtomicInteger asked = new AtomicInteger();
    // Public the second time only: whoever looked up again to connect would get there.
    try (TestingClient twice =
        new TestingClient(
            scratch,
            host -> {
              boolean first = asked.getAndIncrement() == 0;
              return List.of(InetAddress.ofLiteral(first ? "127.0.0.1" : "198.51.100.1"));
            })) {
      failed(twice.tarball(upstream.url(), insideBy("rebound.test")));
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void looksANameUpOnceForEachConnection() {
    AtomicInteger asked = new AtomicInteger();
    upstream.put("a", "{}");
    try (TestingClient counting =
        new TestingClient(
            scratch,
            host -> {
              asked.incrementAndGet();
              return TestingClient.lookup(host);
            })) {
      URI base = URI.create("http://registry.test:" + upstream.port() + "/");
      text(counting.packument(base, "a"));
      text(counting.packument(base, "a"));
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void refusesAHostWithOnePrivateAddressAmongItsPublicOnes() {
    try (TestingClient mixed =
        new TestingClient(
            scratch,
            _ -> List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("127.0.0.1")))) {
      assertThat(failed(mixed.tarball(upstream.url(), insideBy("mixed.test"))).sentence())
          .contains("inside a private network");
    }
  }

  @Test
  void tellsAnUnknownHostFromAPackageThatIsNotThere() {
    try (TestingClient lost =
        new TestingClient(
            scratch,
            host -> {
              throw new UnknownHostException(host);
            })) {
      URI base = URI.create("http://nowhere.test/");
      assertThat(failed(lost.packument(base, "a")).sentence()).contains("not known");
    }
  }

  @Test
  void followsRedirectsWithinAnUpstream() throws IOException {
    upstream.at("/a.tgz").redirect(URI.create("b/../c.tgz?x=1"));
    upstream.at("/c.tgz").status(308).header("Location", "/d%20e.tgz");
    upstream.at("/d e.tgz").body("bytes");
    try (TarballStream stream = opened(client.tarball(upstream.url(), upstream.url("/a.tgz")))) {
      assertThat(stream.body().readAllBytes()).asString().isEqualTo("bytes");
    }
    assertThat(upstream.requests("/d e.tgz").getFirst().rawPath()).isEqualTo("/d%20e.tgz");
  }

  @Test
  void followsFiveRedirectsAndNoMore() {
    for (int i = 0; i < 6; i++) {
      upstream.at("/" + i).redirect(upstream.url("/" + (i + 1)));
    }
    upstream.put("6", "{}");
    assertThat(text(client.packument(upstream.url(), "1"))).isEqualTo("{}");
    assertThat(failed(client.packument(upstream.url(), "0")).sentence()).contains("without end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host.test/", "file:///etc/passwd", "//u:p@host.test/", "http:x", ":", "//"})
  void refusesARedirectToNowhere(String location) {
    upstream.at("/a").status(302).header("Location", location);
    assertThat(failed(client.packument(upstream.url(), "a")).sentence())
        .contains("cannot be asked for");
  }

  @Test
  void refusesARedirectThatDoesNotSayWhere() {
    upstream.at("/a").status(302).body("{}");
    failed(client.packument(upstream.url(), "a"));
  }
}
