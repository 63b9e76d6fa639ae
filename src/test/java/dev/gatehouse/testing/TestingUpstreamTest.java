package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TestingUpstreamTest {
  private final TestingUpstream upstream = TestingUpstream.start();

  private static byte[] read(URI uri) throws IOException {
    try (InputStream in = uri.toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void servesAPackageWhoseBytesHashToItsDocument() throws IOException {
    try (upstream) {
      TestingPackage.of("@s/n", "1.0.0").putAt(upstream);
      JsonNode document = new ObjectMapper().readTree(read(upstream.url("/@s%2fn")));
      JsonNode dist = document.path("versions").path("1.0.0").path("dist");
      URI tarball = URI.create(dist.path("tarball").asText());
      assertThat(tarball.getPath()).isEqualTo("/@s/n/-/n-1.0.0.tgz");
      byte[] bytes = read(tarball);
      assertThat(TestingPackage.integrity(bytes)).isEqualTo(dist.path("integrity").asText());
      assertThat(TestingPackage.shasum(bytes)).isEqualTo(dist.path("shasum").asText());
      assertThat(document.path("time").path("1.0.0").asText()).startsWith("2020-");
    }
  }

  @Test
  void makesDocumentsWithoutTime() throws IOException {
    TestingPackage timeless = new TestingPackage("a", "1.0.0", null);
    String document = timeless.packument(URI.create("http://a.test/"), timeless.tarball());
    assertThat(new ObjectMapper().readTree(document).has("time")).isFalse();
    assertThat(document).contains("\"1.0.0\"");
  }

  @Test
  void holdsAnAnswerBackUntilItIsReleased() throws InterruptedException {
    try (upstream) {
      CountDownLatch release = new CountDownLatch(1);
      upstream.put("a", "{}").holdUntil(release);
      Thread asking =
          Thread.startVirtualThread(() -> {
            try {
              read(upstream.url("/a"));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      upstream.awaitRequests("/a", 1);
      assertThat(asking.isAlive()).isTrue();
      release.countDown();
      asking.join();
    }
  }
}
