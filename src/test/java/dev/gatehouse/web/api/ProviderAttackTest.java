package dev.gatehouse.web.api;

import static dev.gatehouse.web.api.ProviderStage.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingProvider;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people try who want to come in as somebody else.
final class ProviderAttackTest {
  private static final Map<String, Object> UNA =
      Map.of("preferred_username", "una", "groups", List.of("npm-users"));

  @AutoClose private final ProviderStage stage = ProviderStage.open(Dialect.SQLITE, Map.of());

  private void nobodyComesIn(TestingReply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
    assertThat(reply.header("set-cookie")).isNull();
    assertThat(stage.owner().get("users/una").status()).isEqualTo(404);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("wrong nonce", one -> one.claim(set -> set.claim("nonce", "another"))),
        lie("no nonce", one -> one.claim(set -> set.claim("nonce", null))),
        lie("another audience", one -> one.claim(set -> set.audience("somebody"))),
        lie(
            "several audiences, for another party",
            one ->
                one.claim(set ->
                    set.audience(List.of(TestingProvider.CLIENT, "somebody"))
                        .claim("azp", "somebody"))),
        lie("another issuer", one -> one.claim(set -> set.issuer("https://evil.example"))),
        lie(
            "expired",
            one ->
                one.claim(set -> set.expirationTime(Date.from(Instant.now().minusSeconds(120))))),
        lie("no end", one -> one.claim(set -> set.expirationTime(null))),
        lie(
            "from the future",
            one -> one.claim(set -> set.issueTime(Date.from(Instant.now().plusSeconds(600))))),
        lie("no subject", one -> one.claim(set -> set.subject(null))),
        lie("a subject without end", one -> one.claim(set -> set.subject("s".repeat(300)))),
        lie("signed with nothing", TestingProvider::unsign),
        lie("signed with a key it does not show", TestingProvider::forge),
        lie("signed with the public key as a secret", TestingProvider::confuse),
        lie("signed with the client's secret", one -> one.signWith(TestingProvider.SECRET)));
  }

  private static Arguments lie(String what, Consumer<TestingProvider> lie) {
    return Arguments.argumentSet(what, lie);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void refusesATokenThatProvesNothing(Consumer<TestingProvider> lie) {
    lie.accept(stage.provider());
    TestingReply refused = stage.signIn("1", UNA);
    nobodyComesIn(refused);
    assertThat(detail(refused)).contains("does not prove who you are");
  }

  @Test
  void takesAnAnswerOnce() {
    ProviderStage.Way way = stage.begin();
    Map<String, String> brought = stage.letIn(way, "1", UNA);
    assertThat(stage.answer(way, brought).status()).isEqualTo(201);
    TestingReply again = stage.answer(way, brought);
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.header("set-cookie")).isNull();
    Map<String, String> another = new HashMap<>(stage.letIn(way, "1", UNA));
    assertThat(stage.answer(way, another).status()).isEqualTo(403);
  }

  @Test
  void takesAnAnswerFromTheBrowserAloneThatBegan() {
    ProviderStage.Way victims = stage.begin();
    ProviderStage.Way attackers = stage.begin();
    Map<String, String> attackersCode = stage.letIn(attackers, "666", UNA);
    // What the attacker was given, in a link that the victim opens.
    nobodyComesIn(stage.answer(victims, attackersCode));
    // The attacker's code with a state that is the victim's.
    Map<String, String> mixed = new HashMap<>(stage.letIn(victims, "1", UNA));
    mixed.put("code", String.valueOf(attackersCode.get("code")));
    nobodyComesIn(stage.answer(victims, mixed));
    TestingReply withoutCookie =
        stage.page().post("sign-in/provider/answer", ProviderStage.json(attackersCode));
    nobodyComesIn(withoutCookie);
    // And the attacker's own way is still theirs.
    assertThat(stage.answer(attackers, stage.letIn(attackers, "2", UNA)).status()).isEqualTo(201);
  }

  @Test
  void takesNoAnswerAfterTenMinutesNorAfterTheSettingsHaveChanged() {
    ProviderStage.Way late = stage.begin();
    stage.clock().advance(Duration.ofMinutes(10));
    nobodyComesIn(stage.answer(late, stage.letIn(late, "1", UNA)));
    ProviderStage.Way before = stage.begin();
    stage.set(Map.of("name", "Other"));
    nobodyComesIn(stage.answer(before, stage.letIn(before, "1", UNA)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", ""})
  void refusesAnAnswerThatNamesAnotherProviderOrNone(String issuer) {
    ProviderStage.Way way = stage.begin();
    Map<String, String> brought = new HashMap<>(stage.letIn(way, "1", UNA));
    if (issuer.isEmpty()) {
      brought.remove("issuer");
    } else {
      brought.put("issuer", issuer);
    }
    nobodyComesIn(stage.answer(way, brought));
    assertThat(stage.provider().asked()).doesNotContain("/token");
  }

  @Test
  void givesNobodyAnAccountWhoseNameOrAddressTheyClaim() {
    stage.page().session("vera", Role.ADMIN);
    stage
        .server()
        .services()
        .access()
        .accounts()
        .create(
            new Actor.Operator(),
            stage.server().registry().workspace().id(),
            new NewAccount("robot", Role.OWNER, null, "robot@acme.test"));
    for (String claimed : List.of("vera", "VERA", "vera@evil.example", "robot")) {
      TestingReply refused = stage.signIn("666", claimed, "npm-users");
      assertThat(refused.status()).as(claimed).isEqualTo(403);
      assertThat(detail(refused)).contains("nothing says that it is yours");
    }
    Map<String, Object> mail =
        Map.of(
            "preferred_username",
            "eve",
            "groups",
            List.of("npm-users"),
            "email",
            "robot@acme.test",
            "email_verified",
            true);
    Api eve = stage.as(stage.signIn("666", mail));
    assertThat(eve.get("me").json().path("name").asText()).isEqualTo("eve");
    // A name that is theirs at the provider now changes nothing: they stay who they were.
    Api still = stage.as(stage.signIn("666", "vera", "npm-users"));
    assertThat(still.get("me").json().path("name").asText()).isEqualTo("eve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatehouse", "", "<script>", "../..", "\u0000", "日本"})
  void makesNoAccountThatNobodyCouldName(String name) {
    TestingReply reply = stage.signIn("1", name, "npm-users");
    if (reply.status() == 201) {
      assertThat(reply.json().path("me").path("name").asText()).matches("[a-z][a-z0-9._-]*");
    } else {
      assertThat(reply.status()).isEqualTo(403);
    }
  }

  @Test
  void linksNoAccountThatSomebodyElseIsSignedInTo() {
    Api dora = stage.page().session("dora", Role.DEVELOPER);
    ProviderStage.Way way = stage.begin(dora, "me/provider", "{}");
    Map<String, String> brought = stage.letIn(way, "1", UNA);
    String binding = way.browser().headers().getOrDefault("cookie", "").replaceFirst(".*; ", "");
    String olgas = stage.owner().headers().getOrDefault("cookie", "");
    Api olga = stage.page().with("cookie", olgas + "; " + binding);
    nobodyComesIn(olga.post("sign-in/provider/answer", ProviderStage.json(brought)));
    ProviderStage.Way signedOut = stage.begin(dora, "me/provider", "{}");
    dora.delete("session");
    nobodyComesIn(stage.answer(signedOut, stage.letIn(signedOut, "1", UNA)));
  }

  @Test
  void linksOnePersonWithOneAccount() {
    stage.as(stage.signIn("1", UNA));
    ProviderStage.Way way = stage.begin(stage.owner(), "me/provider", "{}");
    TestingReply taken = stage.answer(way, stage.letIn(way, "1", UNA));
    assertThat(taken.status()).isEqualTo(409);
    ProviderStage.Way outsider = stage.begin(stage.owner(), "me/provider", "{}");
    TestingReply outside =
        stage.answer(
            outsider,
            stage.letIn(outsider, "9", Map.of("preferred_username", "x", "groups", List.of())));
    assertThat(outside.status()).isEqualTo(403);
    assertThat(stage.owner().get("me/provider").json().path("linked").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example",
        "/\\\\evil.example",
        "evil",
        "/a\\u0009b"
      })
  void sendsNobodyElsewhereAfterwards(String to) {
    TestingReply refused = stage.page().post("sign-in/provider", "{\"to\":\"" + to + "\"}");
    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void believesNoWordsOfTheProvider() {
    ProviderStage.Way way = stage.begin();
    Map<String, String> brought =
        Map.of(
            "state",
            String.valueOf(stage.letIn(way, "1", UNA).get("state")),
            "issuer",
            stage.provider().issuer(),
            "error",
            "<img src=x onerror=alert(1)>");
    TestingReply refused = stage.answer(way, brought);
    nobodyComesIn(refused);
    assertThat(refused.text()).doesNotContain("onerror");
    ProviderStage.Way second = stage.begin();
    Map<String, String> denied = new HashMap<>(brought);
    denied.put("state", String.valueOf(stage.letIn(second, "1", UNA).get("state")));
    denied.put("error", "access_denied");
    assertThat(detail(stage.answer(second, denied))).contains("did not let you through");
  }

  @Test
  void learnsANewKeyAndForgetsAnOldOne() {
    stage.as(stage.signIn("1", UNA));
    stage.clock().advance(Duration.ofSeconds(31));
    stage.provider().rotate();
    stage.as(stage.signIn("1", UNA));
    // Nobody makes it ask for keys without end.
    stage.provider().forge();
    long before = keysAsked();
    for (int i = 0; i < 5; i++) {
      assertThat(stage.signIn("1", UNA).status()).isEqualTo(403);
    }
    assertThat(keysAsked()).isEqualTo(before);
    stage.clock().advance(Duration.ofMinutes(16));
    assertThat(stage.signIn("1", UNA).status()).isEqualTo(403);
    assertThat(keysAsked()).isEqualTo(before + 1);
  }

  private long keysAsked() {
    return stage.provider().asked().stream().filter("/keys"::equals).count();
  }

  @Test
  void takesNoHugeDocumentAndLeavesAProviderThatFailsAloneForAWhile() {
    stage.provider().people("{\"sub\":\"1\",\"more\":\"" + "x".repeat(300_000) + "\"}");
    TestingReply huge = stage.signIn("1", Map.of());
    assertThat(huge.status()).isEqualTo(502);
    assertThat(detail(huge)).contains("262,144 bytes");
    stage.provider().discovery("{\"issuer\":\"" + "x".repeat(300_000) + "\"}");
    stage.clock().advance(Duration.ofMinutes(15));
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(502);
    long before = stage.provider().asked().size();
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(502);
    assertThat(stage.provider().asked()).hasSize((int) before);
    stage.provider().discovery(stage.provider().discovery());
    stage.clock().advance(Duration.ofSeconds(10));
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(201);
  }

  @Test
  void believesMoreAboutThePersonAloneWhoIsProven() {
    stage
        .provider()
        .people("{\"sub\":\"2\",\"preferred_username\":\"una\",\"groups\":[\"npm-admins\"]}");
    nobodyComesIn(stage.signIn("1", Map.of()));
  }

  @Test
  void letsANetworkBeginAHundredTimesAndNoMore() {
    for (int i = 0; i < 100; i++) {
      assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(201);
    }
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(429);
    stage.clock().advance(Duration.ofMinutes(10));
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(201);
  }

  @Test
  void letsNobodyKeepAWayInByAForgottenPassword() {
    Map<String, Object> about =
        Map.of(
            "preferred_username",
            "una",
            "groups",
            List.of("npm-users"),
            "email",
            "una@acme.test",
            "email_verified",
            true);
    stage.as(stage.signIn("1", about));
    stage
        .server()
        .services()
        .access()
        .passwordLinks()
        .forgotten(
            stage.server().registry().workspace().id(),
            "una",
            (_, _) -> {
              throw new AssertionError("a link was made");
            });
  }
}
