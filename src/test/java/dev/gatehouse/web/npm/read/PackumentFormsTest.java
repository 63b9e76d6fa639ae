package dev.gatehouse.web.npm.read;

import static dev.gatehouse.web.npm.read.Reader.ABBREVIATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms, encodings and validators of packuments.
final class PackumentFormsTest {
  private static final String PAD = "/r/default/left-pad";

  @AutoClose private final Reader reader = new Reader();

  @BeforeEach
  void serveAPackage() {
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*", ABBREVIATED + ";q=0", ABBREVIATED + "; q=0.0"})
  void servesTheFullFormToWhoDoesNotAskForTheOther(String accept) {
    TestingReply reply = reader.get(PAD, "accept", accept);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.json().path("_id").asText()).isEqualTo("left-pad");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ABBREVIATED,
        ABBREVIATED + "; q=1.0, application/json; q=0.8, */*",
        "text/html;q=0, APPLICATION/vnd.npm.install-v1+json;q=0.001",
        "application/vnd.pnpr.install-v2+json; q=1.0, " + ABBREVIATED + "; q=0.9"
      })
  void servesTheAbbreviatedFormWhereItIsNamed(String accept) {
    TestingReply reply = reader.get(PAD, "accept", accept);

    assertThat(reply.header("content-type")).isEqualTo(ABBREVIATED);
    assertThat(reply.json().has("_id")).isFalse();
    assertThat(reply.json().path("time").has("1.0.0")).isTrue();
    assertThat(reply.json().path("modified").asText()).isEqualTo("2020-01-01T00:00:00.000Z");
  }

  @Test
  void servesTheFullFormWithoutAnAccept() {
    assertThat(reader.get(PAD).header("content-type")).isEqualTo("application/json");
  }

  @Test
  void neverAnswersNotAcceptable() {
    assertThat(reader.get(PAD, "accept", "image/png", "accept-encoding", "identity;q=0").status())
        .isEqualTo(200);
  }

  @Test
  void saysHowItMayBeCached() {
    TestingReply reply = reader.get(PAD, "accept-encoding", "gzip");

    assertThat(reply.header("vary")).isEqualToIgnoringCase("Accept, Accept-Encoding");
    assertThat(reply.header("cache-control")).isEqualTo("private, no-cache");
    assertThat(reply.header("last-modified")).isNull();
    assertThat(reply.header("warning")).isNull();
  }

  @Test
  void decodesToTheSameInEveryEncoding() throws IOException {
    TestingReply plain = reader.get(PAD);
    TestingReply gzip = reader.get(PAD, "accept-encoding", "gzip,deflate");
    TestingReply zstd = reader.get(PAD, "accept-encoding", "zstd,gzip,deflate");
    TestingReply refused = reader.get(PAD, "accept-encoding", "zstd;q=0, gzip; Q=0.000, br");

    assertThat(plain.header("content-encoding")).isNull();
    assertThat(refused.header("content-encoding")).isNull();
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(zstd.header("content-encoding")).isEqualTo("zstd");
    assertThat(gzip.text()).isEqualTo(plain.text());
    assertThat(refused.text()).isEqualTo(plain.text());
    try (var decoded = new ZstdInputStream(new ByteArrayInputStream(zstd.body()))) {
      assertThat(decoded.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "zstd"})
  void answersHeadAsGetWithoutABody(String encoding) {
    TestingReply cold = reader.send("HEAD", reader.server.url() + PAD, "accept-encoding", encoding);
    TestingReply get = reader.get(PAD, "accept-encoding", encoding);
    TestingReply warm = reader.send("HEAD", reader.server.url() + PAD, "accept-encoding", encoding);

    for (TestingReply head : new TestingReply[] {cold, warm}) {
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.header("etag")).isEqualTo(get.header("etag"));
      assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
    }
    assertThat(get.header("content-length")).isNotNull();
  }

  @Test
  void givesEveryFormEncodingRegistryAndAddressItsOwnStrongTag() {
    reader.registry("other", new dev.gatehouse.registries.Upstreams.Public());
    String elsewhere = reader.server.url().replace("127.0.0.1", "localhost");
    Set<String> tags = new HashSet<>();
    for (String base : new String[] {reader.server.url(), elsewhere}) {
      for (String registry : new String[] {"/r/default/", "/r/other/", "/w/default/r/default/"}) {
        for (String accept : new String[] {"*/*", ABBREVIATED}) {
          for (String encoding : new String[] {"identity", "gzip", "zstd"}) {
            String url = base + registry + "left-pad";
            TestingReply reply =
                reader.send("GET", url, "accept", accept, "accept-encoding", encoding);
            assertThat(reply.header("etag")).startsWith("\"").endsWith("\"");
            assertThat(tags.add(reply.header("etag"))).as(url + accept + encoding).isTrue();
          }
        }
      }
    }
    assertThat(tags).hasSize(36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "zstd"})
  void answersNotModifiedWithTheSameTagAlsoAfterARestart(String encoding) {
    String etag = etag(encoding);
    TestingReply warm = reader.get(PAD, "accept-encoding", encoding, "if-none-match", etag);
    reader.server.restart();
    TestingReply cold = reader.get(PAD, "accept-encoding", encoding, "if-none-match", etag);

    for (TestingReply reply : new TestingReply[] {warm, cold}) {
      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.header("etag")).isEqualTo(etag);
      assertThat(reply.header("vary")).isNotNull();
      assertThat(reply.body()).isEmpty();
    }
  }

  @Test
  void changesTheTagWithTheDocument() {
    String before = etag("gzip");
    TestingPackage.of("left-pad", "1.0.1").putAt(reader.upstream());
    reader.clock.advance(Duration.ofDays(2));

    TestingReply after = reader.get(PAD, "accept-encoding", "gzip", "if-none-match", before);

    assertThat(after.status()).isEqualTo(200);
    assertThat(after.header("etag")).isNotEqualTo(before);
    assertThat(Reader.versions(after)).containsExactly("1.0.1");
  }

  @Test
  void aPublishingClientGetsTheNewestInFull() {
    reader.get(PAD);
    TestingPackage.of("left-pad", "1.0.1").putAt(reader.upstream());

    TestingReply reply = reader.get(PAD + "?write=true", "accept", ABBREVIATED);

    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(Reader.versions(reply)).containsExactly("1.0.1");
    assertThat(reply.json().path("_rev").asText()).isNotEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    TestingReply reply = reader.get("/r/default/no-such-thing");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).contains("no-such-thing").contains("default");
  }

  @Test
  void aWarmAnswerStaysTheSameWhileItIsCompressedBetter() {
    TestingReply first = reader.get(PAD, "accept-encoding", "gzip");
    for (int i = 0; i < 50; i++) {
      TestingReply again = reader.get(PAD, "accept-encoding", "gzip");
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(again.header("etag")).isEqualTo(first.header("etag"));
    }
  }

  private String etag(String encoding) {
    String etag = reader.get(PAD, "accept-encoding", encoding).header("etag");
    assertThat(etag).isNotNull();
    return String.valueOf(etag);
  }
}
