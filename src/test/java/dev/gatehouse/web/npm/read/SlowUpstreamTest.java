package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Upstreams that take longer than the configuration allows.
final class SlowUpstreamTest {
  private static final String SHORT = "1s";
  private static final String LONG = "1m";

  @AutoClose private final Reader reader = reader(SHORT, LONG);

  private static Reader reader(String silence, String document) {
    return new Reader(
        Map.of(
            "upstreams.connect", LONG,
            "upstreams.silence", silence,
            "upstreams.document", document,
            "upstreams.tarball", LONG,
            "upstreams.retry-pause", SHORT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/1.0.0", "/-/left-pad-1.0.0.tgz"})
  void thatNeverAnswerForADocumentAre504(String path) {
    reader.upstream().at("/left-pad").neverAnswer();
    TestingReply reply = reader.get("/r/default/left-pad" + path);
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.error()).contains("silent for too long");
  }

  @Test
  void thatGiveADocumentByteByByteAre504() {
    try (Reader hasty = reader(LONG, SHORT)) {
      hasty.upstream().at("/left-pad").body("{\"name\":\"left-pad\"").drip();
      TestingReply reply = hasty.get("/r/default/left-pad");
      assertThat(reply.status()).isEqualTo(504);
      assertThat(reply.error()).contains("not done within 1.0 s");
    }
  }

  @Test
  void thatNeverAnswerForATarballAre504() {
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    reader.upstream().at("/left-pad/-/left-pad-1.0.0.tgz").neverAnswer();
    TestingReply reply = reader.get("/r/default/left-pad/-/left-pad-1.0.0.tgz");
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.error()).contains("silent for too long");
  }

  @Test
  void thatNeverAnswerLeaveWhatIsKeptServed() {
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    assertThat(reader.get("/r/default/left-pad").status()).isEqualTo(200);
    reader.upstream().at("/left-pad").neverAnswer();
    reader.clock.advance(Duration.ofDays(2));
    TestingReply reply = reader.get("/r/default/left-pad");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("warning")).startsWith("111 ");
  }
}
