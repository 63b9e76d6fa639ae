package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingProvider;
import dev.gatehouse.testing.TestingReply;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What ends sessions that came from a provider: its word, and that it is used no longer.
@OnBothDatabases
final class ProviderLogoutTest {
  private static final String MINE = "session-1";

  @AutoClose private final ProviderStage stage;

  ProviderLogoutTest(Dialect dialect) {
    stage = ProviderStage.open(dialect, Map.of());
  }

  private Api una(String session) {
    return stage.as(
        stage.signIn(
            "1",
            Map.of("preferred_username", "una", "groups", List.of("npm-users"), "sid", session)));
  }

  private static boolean isIn(Api browser) {
    return browser.get("me").status() == 200;
  }

  private TestingReply tell(String token) {
    String form = "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return stage
        .server()
        .send(
            HttpRequest.newBuilder(URI.create(stage.server().url() + "/sign-in/provider/logout"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
  }

  private TestingReply tell(UnaryOperator<JWTClaimsSet.Builder> what) {
    return tell(word(what));
  }

  /// Said now.
  private String word(UnaryOperator<JWTClaimsSet.Builder> what) {
    Date now = Date.from(stage.clock().instant());
    return stage.provider().logout(token -> what.apply(token.issueTime(now)));
  }

  @Test
  void endsTheSessionThatTheProviderNamesAndNoOther() {
    Api here = una(MINE);
    Api elsewhere = una("session-2");
    TestingReply told = tell(token -> token.subject("1").claim("sid", MINE));
    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.header("cache-control")).isEqualTo("no-store");
    assertThat(isIn(here)).isFalse();
    assertThat(isIn(elsewhere)).isTrue();
    assertThat(stage.trail()).contains("session.end-by-provider");
  }

  @Test
  void endsAllOfSomebodyWhereItNamesNoSession() {
    Api here = una(MINE);
    Api elsewhere = una("session-2");
    Api una = stage.as(stage.signIn("2", "ulla", "npm-users"));
    assertThat(tell(token -> token.subject("1")).status()).isEqualTo(200);
    assertThat(isIn(here)).isFalse();
    assertThat(isIn(elsewhere)).isFalse();
    assertThat(isIn(una)).isTrue();
    assertThat(isIn(stage.owner())).isTrue();
  }

  @Test
  void takesAsMuchAsAProviderSignsAtOnce() {
    Api here = una(MINE);
    for (int i = 0; i < 200; i++) {
      String session = "another-" + i;
      assertThat(tell(token -> token.subject("1").claim("sid", session)).status()).isEqualTo(200);
    }
    assertThat(isIn(here)).isTrue();
    assertThat(tell(token -> token.subject("1").claim("sid", MINE)).status()).isEqualTo(200);
    assertThat(isIn(here)).isFalse();
  }

  @Test
  void refusesAnAddressForAWhileThatSendsWhatNobodyHasSigned() {
    for (int i = 0; i < 120; i++) {
      assertThat(tell("no.token.at-all").status()).isEqualTo(400);
    }
    TestingReply refused = tell("no.token.at-all");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("600");
    stage.clock().advance(Duration.ofMinutes(10));
    Api here = una(MINE);
    assertThat(tell(token -> token.subject("1")).status()).isEqualTo(200);
    assertThat(isIn(here)).isFalse();
  }

  @Test
  void countsOnceSoThatNobodySendsItAgain() {
    Api first = una(MINE);
    String token = word(one -> one.subject("1"));
    assertThat(tell(token).status()).isEqualTo(200);
    assertThat(isIn(first)).isFalse();
    Api second = una(MINE);
    assertThat(tell(token).status()).isEqualTo(400);
    assertThat(isIn(second)).isTrue();
  }

  @Test
  void believesNothingElse() {
    Api here = una(MINE);
    refused(token -> token.subject("1").audience("another"));
    refused(token -> token.subject("1").issuer("https://id.example.test"));
    refused(token -> token.subject("1").claim("events", Map.of()));
    refused(token -> token.subject("1").claim("events", null));
    refused(token -> token.subject("1").claim("nonce", "n"));
    refused(token -> token.subject("1").jwtID(null));
    refused(token -> token.subject("1").issueTime(null));
    refused(token -> token.subject("1").issueTime(at(-601)));
    refused(token -> token.subject("1").issueTime(at(61)));
    refused(token -> token.subject("1").expirationTime(Date.from(Instant.now().minusSeconds(90))));
    // Neither whom nor which session.
    refused(token -> token);
    for (String none : List.of("", "a.b.c", "x".repeat(20_000), "eyJhbGciOiJub25lIn0.e30.")) {
      assertThat(tell(none).status()).isEqualTo(400);
    }
    assertThat(tell(token -> token.subject("1' OR '1'='1")).status()).isEqualTo(200);
    stage.provider().unsign();
    refused(token -> token.subject("1"));
    stage.provider().confuse();
    refused(token -> token.subject("1"));
    stage.provider().signWith(TestingProvider.SECRET);
    refused(token -> token.subject("1"));
    stage.provider().forge();
    refused(token -> token.subject("1"));
    assertThat(isIn(here)).isTrue();
    assertThat(stage.trail()).doesNotContain("session.end-by-provider");
  }

  private Date at(int seconds) {
    return Date.from(stage.clock().instant().plusSeconds(seconds));
  }

  private void refused(UnaryOperator<JWTClaimsSet.Builder> what) {
    TestingReply reply = tell(what);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
  }

  @Test
  void concernsWorkspacesAloneThatHaveThatProvider() {
    Api here = una(MINE);
    try (TestingProvider other = TestingProvider.start()) {
      Api otto = Api.of(stage.server(), "other", "otto", Role.OWNER);
      String theirs = stage.settings(Map.of()).replace(stage.provider().issuer(), other.issuer());
      assertThat(otto.put("provider", theirs).status()).isEqualTo(200);
      // The same subject, by the word of somebody else's provider.
      assertThat(tell(other.logout(token -> token.subject("1").issueTime(at(0)))).status())
          .isEqualTo(200);
      assertThat(isIn(here)).isTrue();
    }
  }

  @Test
  void endsSessionsWhenTheProviderIsTakenAwayOrIsAnother() {
    Api before = una(MINE);
    assertThat(stage.set(Map.of("name", "Renamed")).status()).isEqualTo(200);
    assertThat(isIn(before)).isTrue();
    assertThat(stage.set(Map.of("clientId", "another")).status()).isEqualTo(200);
    assertThat(isIn(before)).isFalse();
    assertThat(stage.trail()).contains("session.end-by-provider").contains("user:olga");
    assertThat(stage.set(Map.of()).status()).isEqualTo(200);
    Api again = una(MINE);
    assertThat(stage.owner().delete("provider").status()).isEqualTo(204);
    assertThat(isIn(again)).isFalse();
    assertThat(isIn(stage.owner())).isTrue();
  }

  @Test
  void leavesTheWorkspacesOfOthersSignedInWhenAProviderIsTakenAway() {
    Api here = una(MINE);
    Api otto = Api.of(stage.server(), "other", "otto", Role.OWNER);
    assertThat(otto.put("provider", stage.settings(Map.of())).status()).isEqualTo(200);
    assertThat(otto.delete("provider").status()).isEqualTo(204);
    assertThat(isIn(here)).isTrue();
  }
}
