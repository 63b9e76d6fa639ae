package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.opened;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class CredentialsTest {
  private static final Credential TOKEN = new Credential.Bearer("s3cret");

  @TempDir Path scratch;
  private final TestingUpstream upstream = TestingUpstream.start();
  private TestingClient client;
  private UpstreamSource source;

  @BeforeEach
  void open() {
    client = new TestingClient(scratch);
    source = new UpstreamSource(upstream.url("/npm/repo/"), TOKEN);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  @Test
  void showsItsToken() {
    upstream.put("npm/repo/a", "{}");
    text(client.packument(source, "a"));
    assertThat(upstream.requests().getFirst().header("Authorization")).isEqualTo("Bearer s3cret");
  }

  @Test
  void showsItsPassword() {
    upstream.put("a", "{}");
    Credential basic = new Credential.Basic("ada", "pässword");
    text(client.packument(new UpstreamSource(upstream.url(), basic), "a"));
    assertThat(upstream.requests().getFirst().header("Authorization"))
        .isEqualTo("Basic YWRhOnDDpHNzd29yZA==");
  }

  @Test
  void showsItsTokenForTarballsBelowTheBase() {
    upstream.at("/npm/repo/a.tgz").body("bytes");
    opened(client.client().tarball(source, upstream.url("/npm/repo/a.tgz"), Hops.none())).close();
    assertThat(upstream.requests().getFirst().header("Authorization")).isEqualTo("Bearer s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other/a.tgz",
        "/npm/repository/a.tgz",
        "/npm/repo/../other/a.tgz",
        "/npm/repo/%2e%2E/other/a.tgz",
        "/npm/repo/x%2f..%2f..%2fother/a.tgz",
        "/npm/repo/..%5cother/a.tgz"
      })
  void keepsItsTokenFromOtherPathsOfTheHost(String path) {
    URI url = URI.create("http://127.0.0.1:" + upstream.port() + path);
    client.client().tarball(source, url, Hops.none());
    assertThat(upstream.requests()).hasSize(1);
    assertThat(upstream.requests().getFirst().header("Authorization")).isNull();
  }

  @Test
  void keepsItsTokenFromOtherNamesOfTheHost() {
    URI url = URI.create("http://localhost:" + upstream.port() + "/npm/repo/a.tgz");
    failed(client.client().tarball(source, url, Hops.none()));
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void keepsItsTokenAfterARedirectHasLeft() {
    upstream.at("/npm/repo/a").redirect(upstream.url("/away"));
    upstream.at("/away").redirect(upstream.url("/npm/repo/b"));
    upstream.put("npm/repo/b", "{}");
    text(client.packument(source, "a"));
    assertThat(upstream.requests("/npm/repo/a").getFirst().header("Authorization")).isNotNull();
    assertThat(upstream.requests("/away").getFirst().header("Authorization")).isNull();
    assertThat(upstream.requests("/npm/repo/b").getFirst().header("Authorization")).isNull();
  }

  @Test
  void takesItsTokenAlongWithinTheBase() {
    upstream.at("/npm/repo/a").redirect(upstream.url("/npm/repo/b"));
    upstream.put("npm/repo/b", "{}");
    text(client.packument(source, "a"));
    assertThat(upstream.requests("/npm/repo/b").getFirst().header("Authorization"))
        .isEqualTo("Bearer s3cret");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void saysThatTheCredentialIsRefusedWithoutShowingIt(int status) {
    upstream.at("/npm/repo/a").status(status).header("WWW-Authenticate", "Basic realm=\"x\"");
    assertThat(failed(client.packument(source, "a")).sentence())
        .contains("" + status, "configured credential is refused")
        .doesNotContain("s3cret");
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void saysWhyTheCredentialWasNotSent() {
    upstream.at("/other.tgz").status(401);
    TarballAnswer answer = client.client().tarball(source, upstream.url("/other.tgz"), Hops.none());
    assertThat(failed(answer).sentence()).contains("only to addresses below", "/npm/repo/");
  }

  @Test
  void keepsItsTokenOutOfTheFinestLog() {
    upstream.put("npm/repo/a", "{}");
    Logger log = (Logger) LoggerFactory.getLogger("org.apache.hc");
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    log.setLevel(Level.TRACE);
    log.setAdditive(false);
    log.addAppender(seen);
    seen.start();
    try (TestingClient logged = new TestingClient(scratch)) {
      text(logged.packument(source, "a"));
    } finally {
      log.detachAppender(seen);
      log.setAdditive(true);
      log.setLevel(null);
    }
    assertThat(seen.list).isNotEmpty();
    assertThat(seen.list).noneMatch(event -> event.getFormattedMessage().contains("s3cret"));
  }

  @Test
  void printsStars() {
    Credential basic = new Credential.Basic("ada", "s3cret");
    assertThat(source + " " + basic).doesNotContain("s3cret").contains("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nx: y", "ä"})
  void refusesATokenThatNoHeaderCanHold(String token) {
    assertThatThrownBy(() -> new Credential.Bearer(token)).isInstanceOf(ProblemException.class);
  }
}
