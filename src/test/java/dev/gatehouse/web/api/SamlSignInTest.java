package dev.gatehouse.web.api;

import static dev.gatehouse.web.api.ProviderStage.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.saml.ResponseCheck;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.SamlAnswer;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingSamlIdp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Signing in by a provider that speaks SAML, as honest people do and as others try.
@OnBothDatabases
final class SamlSignInTest {
  @AutoClose private final SamlStage stage;

  SamlSignInTest(Dialect dialect) {
    stage = SamlStage.open(dialect);
  }

  private boolean isThere(String user) {
    return stage.owner().get("users/" + user).status() == 200;
  }

  private static String form(String response, String state) {
    return "SAMLResponse=" + response + "&RelayState=" + state;
  }

  @Test
  void asksTheProviderByItsAddressAndTellsWhereItsAnswerGoes() {
    SamlStage.Way way = stage.begin();
    assertThat(way.address()).startsWith(SamlStage.SIGN_ON + "&SAMLRequest=");
    assertThat(way.question())
        .contains("AssertionConsumerServiceURL=\"" + SamlStage.ANSWERS + "\"")
        .contains("Issuer>" + SamlStage.ANSWERS + "/default<");
    assertThat(stage.page().get("sign-in/provider").json().path("name").asText()).isEqualTo("Acme");
    assertThat(stage.page().get("sign-in/provider").json().path("signOut").isNull()).isTrue();
  }

  @Test
  void makesAnAccountWithTheHighestRoleOfTheGroups() {
    Api una = stage.as(stage.signIn("u-1", "Una@Acme.test", "npm-users", "npm-admins", "others"));
    assertThat(una.get("me").json().path("name").asText()).isEqualTo("una");
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("admin");
    assertThat(stage.trail())
        .contains("account.create", "provider.link", "session.open-by-provider", "u-1");
    stage.as(stage.signIn("u-1", "renamed", "npm-users"));
    assertThat(stage.owner().get("users/una").json().path("role").asText()).isEqualTo("developer");
    assertThat(isThere("renamed")).isFalse();
  }

  @Test
  void givesRolesThatOwnersHaveMade() {
    stage.owner().post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}");
    stage.set(Map.of("roles", Map.of("makers", "builder")));
    Api una = stage.as(stage.signIn("u-1", "una", "makers"));
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("builder");
  }

  @Test
  void shutsOutWhoseGroupsAreGoneAndLetsThemInAgain() {
    Api una = stage.as(stage.signIn("u-1", "una", "npm-users"));
    TestingReply refused = stage.signIn("u-1", "una", "others");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("none of the groups");
    assertThat(una.get("me").status()).isEqualTo(401);
    assertThat(stage.trail()).contains("account.deactivate", "provider.refuse");
    stage.as(stage.signIn("u-1", "una", "npm-users"));
  }

  @Test
  void givesNobodyAnAccountByItsName() {
    stage.page().session("dora", Role.DEVELOPER);
    TestingReply refused = stage.signIn("u-2", "dora", "npm-users");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("nothing says that it is yours");
  }

  @Test
  void linksTheAccountThatOneIsSignedInTo() {
    SamlStage.Way way = stage.begin(stage.owner(), "me/provider", "{}");
    String page =
        stage.post(stage.about(way, "o-1", "other", "npm-users").fresh(SamlStage.IDP), way.state());
    TestingReply linked = stage.goOn(way.browser(), page);
    assertThat(linked.json().path("linked").asBoolean()).as(linked.toString()).isTrue();
    Api olga = stage.as(stage.signIn("o-1", "other", "npm-users"));
    assertThat(olga.get("me").json().path("name").asText()).isEqualTo("olga");
  }

  @Test
  void endsTheSessionsWhenTheProviderIsRemovedOrAnotherTakesItsPlace() {
    Api una = stage.as(stage.signIn("u-1", "una", "npm-users"));
    stage.set(Map.of("issuer", "urn:acme:other"));
    assertThat(una.get("me").status()).isEqualTo(401);
    stage.set(Map.of());
    Api again = stage.as(stage.signIn("u-1", "una", "npm-users"));
    assertThat(stage.owner().delete("provider").status()).isEqualTo(204);
    assertThat(again.get("me").status()).isEqualTo(401);
    assertThat(stage.trail()).contains("session.end-by-provider");
  }

  @Test
  void asksForOnesOwnSecondFactorUnlessTheProvidersCounts() {
    Api una = stage.as(stage.signIn("u-1", "una", "npm-users"));
    String secret = una.post("me/second-factor", "{}").json().path("secret").asText();
    var app = new TestingAuthenticator(secret);
    String code = "{\"code\":\"" + app.code(stage.clock().instant()) + "\"}";
    assertThat(una.put("me/second-factor", code).status()).isEqualTo(200);
    SamlStage.Way way = stage.begin();
    SamlAnswer answer = stage.about(way, "u-1", "una", "npm-users");
    TestingReply asked =
        stage.goOn(way.browser(), stage.post(answer.fresh(SamlStage.IDP), way.state()));
    assertThat(asked.json().path("code").asText()).isEqualTo("second-factor-needed");
    stage.clock().advance(Duration.ofMinutes(1));
    String otp = app.code(stage.clock().instant());
    String body = "{\"state\":\"" + way.state() + "\",\"otp\":\"" + otp + "\"}";
    stage.as(way.browser().post("sign-in/provider/answer", body));

    stage.set(Map.of("secondFactor", "claimed"));
    SamlStage.Way other = stage.begin();
    String several =
        stage
            .about(other, "u-1", "una", "npm-users")
            .xml()
            .replace(
                "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
                "https://refeds.org/profile/mfa");
    String signed = TestingSamlIdp.encoded(SamlStage.IDP.sign(several, "_assertion"));
    stage.as(stage.goOn(other.browser(), stage.post(signed, other.state())));
    assertThat(stage.signIn("u-1", "una", "npm-users").status()).isEqualTo(401);
  }

  @Test
  void refusesAnAnswerThatAnotherBrowserHasBrought() {
    // Whoever began the way lets somebody else's browser bring the answer.
    SamlStage.Way evil = stage.begin();
    String page =
        stage.post(
            stage.about(evil, "u-1", "una", "npm-admins").fresh(SamlStage.IDP), evil.state());
    SamlStage.Way victim = stage.begin();
    TestingReply theirs = stage.goOn(victim.browser(), page);
    assertThat(theirs.status()).isEqualTo(403);
    assertThat(detail(theirs)).contains("This sign-in is over");
    TestingReply guessed =
        stage.goOn(evil.browser(), "/sign-in/provider?state=" + evil.state() + "&code=guess");
    assertThat(guessed.status()).isEqualTo(403);
    assertThat(detail(guessed)).contains("no question of this sign-in");
    assertThat(isThere("una")).isFalse();
    assertThat(stage.goOn(stage.page(), page).status()).isEqualTo(403);
  }

  @Test
  void takesATicketForItsOwnWayAlone() {
    SamlStage.Way una = stage.begin();
    String page =
        stage.post(stage.about(una, "u-1", "una", "npm-users").fresh(SamlStage.IDP), una.state());
    SamlStage.Way evil = stage.begin();
    String ticket = SamlStage.parameter(page, "code");
    String mixed = "/sign-in/provider?state=" + evil.state() + "&code=" + ticket;
    assertThat(stage.goOn(evil.browser(), mixed).status()).isEqualTo(403);
    stage.as(stage.goOn(una.browser(), page));
    assertThat(stage.goOn(una.browser(), page).status()).isEqualTo(403);
  }

  @Test
  void refusesAnAssertionThatCameBeforeAndAnAnswerToAnotherQuestion() {
    SamlStage.Way way = stage.begin();
    String response = stage.about(way, "u-1", "una", "npm-users").fresh(SamlStage.IDP);
    String page = stage.post(response, way.state());
    String again = stage.post(response, way.state());
    assertThat(again).isEqualTo("/sign-in/provider?state=none&error=saml_replay");
    TestingReply refused = stage.goOn(way.browser(), again);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("came before");
    stage.as(stage.goOn(way.browser(), page));
    SamlStage.Way other = stage.begin();
    assertThat(stage.post(response, other.state())).endsWith("error=saml_unsolicited");
    assertThat(stage.post(response, way.state())).endsWith("error=saml_unsolicited");
  }

  @Test
  void forgetsAssertionsThatAreTooOldToCount() {
    stage.as(stage.signIn("u-1", "una", "npm-users"));
    var database = stage.server().services().database();
    database.write(handle -> handle.execute("UPDATE saml_assertion SET ends = 1"));
    stage.as(stage.signIn("u-1", "una", "npm-users"));
    assertThat(
            database.<Integer>read(handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM saml_assertion")
                    .mapTo(Integer.class)
                    .one()))
        .isEqualTo(1);
  }

  @Test
  void readsAnAnswerWhoseBase64HasLineBreaks() {
    SamlStage.Way way = stage.begin();
    String response = stage.about(way, "u-1", "una", "npm-users").fresh(SamlStage.IDP);
    String broken = response.replaceAll("(.{76})", "$1\r\n");
    stage.as(stage.goOn(way.browser(), stage.post(broken, way.state())));
  }

  @Test
  void refusesWhatNoSignInHereAskedForWithASentence() {
    SamlStage.Way way = stage.begin();
    String response = stage.about(way, "u-1", "una", "npm-users").fresh(SamlStage.IDP);
    for (String state :
        List.of("", "https://evil.test/", "//evil.test", "\r\nset-cookie: x=1", "a".repeat(40))) {
      String page = stage.post(response, state);
      assertThat(page).isEqualTo("/sign-in/provider?state=none&error=saml_unsolicited");
      assertThat(detail(stage.goOn(way.browser(), page))).contains("sign-ins begin here");
    }
    stage.clock().advance(Duration.ofMinutes(10));
    assertThat(stage.post(response, way.state())).endsWith("error=saml_unsolicited");
    stage.clock().advance(Duration.ofMinutes(-10));
    assertThat(stage.post(response, way.state())).contains("&code=");
  }

  @Test
  void refusesFormsThatHoldNoAnswer() {
    String state = stage.begin().state();
    String path = "/sign-in/provider/saml";
    for (String form :
        List.of("", "RelayState=" + state, "SAMLResponse=%zz&RelayState=%", "x", form("", state))) {
      TestingReply reply =
          stage.server().send(null, "POST", path, form.getBytes(StandardCharsets.UTF_8));
      assertThat(reply.status()).as(form).isBetween(303, 499);
    }
    String big = form("A".repeat(600 << 10), state);
    TestingReply refused =
        stage.server().send(null, "POST", path, big.getBytes(StandardCharsets.UTF_8));
    assertThat(refused.status()).isEqualTo(413);
    String large = "A".repeat(ResponseCheck.LARGEST / 3 * 4 + 8_000);
    assertThat(stage.post(large, state)).endsWith("error=saml_size");
  }

  @Test
  void refusesWhatAnotherKeyHasSignedAndFollowsTheCertificatesOfTheSettings() {
    var next = TestingSamlIdp.create();
    SamlStage.Way way = stage.begin();
    String page = stage.post(stage.about(way, "u-1", "una", "npm-users").fresh(next), way.state());
    assertThat(page).endsWith("error=saml_proof");
    assertThat(detail(stage.goOn(way.browser(), page))).contains("compare its certificate");
    String both = SamlStage.IDP.pem() + next.pem();
    stage.set(Map.of("saml", Map.of("signOn", SamlStage.SIGN_ON, "certificates", both)));
    SamlStage.Way again = stage.begin();
    String answer = stage.about(again, "u-1", "una", "npm-users").fresh(next);
    stage.as(stage.goOn(again.browser(), stage.post(answer, again.state())));
  }

  @Test
  void refusesAWayOfWhichTheSettingsHaveChangedMeanwhile() {
    SamlStage.Way way = stage.begin();
    String page =
        stage.post(stage.about(way, "u-1", "una", "npm-users").fresh(SamlStage.IDP), way.state());
    stage.set(Map.of("roles", Map.of()));
    assertThat(stage.goOn(way.browser(), page).status()).isEqualTo(403);
    assertThat(isThere("una")).isFalse();
  }

  @Test
  void letsPeopleIntoTheWorkspaceAloneWhoseProviderItIs() {
    Api otto = Api.of(stage.server(), "other", "otto", Role.OWNER);
    assertThat(otto.put("provider", SamlStage.settings(Map.of())).status()).isEqualTo(200);
    SamlStage.Way there =
        stage.begin(stage.page(), "sign-in/provider", "{\"workspace\":\"other\"}");
    assertThat(there.question()).contains("Issuer>" + SamlStage.ANSWERS + "/other<");
    String meantForDefault = stage.about(there, "u-1", "una", "npm-admins").fresh(SamlStage.IDP);
    assertThat(stage.post(meantForDefault, there.state())).endsWith("error=saml_audience");
    assertThat(otto.get("users").text()).doesNotContain("una");
  }

  @Test
  void isNotTakenForAnOpenIdProvider() {
    SamlStage.Way way = stage.begin();
    TestingReply answered =
        way.browser()
            .post(
                "sign-in/provider/answer",
                "{\"state\":\"" + way.state() + "\",\"code\":\"a code\"}");
    assertThat(answered.status()).isEqualTo(403);
    TestingReply failed =
        stage.goOn(stage.page(), "/sign-in/provider?state=" + way.state() + "&error=access_denied");
    assertThat(failed.status()).isEqualTo(403);
  }

  @Test
  void refusesAnAddressForAWhileThatSendsWhatNobodyHasSigned() {
    assertThat(stage.signIn("1", "una", "npm-users").status()).as("is not counted").isEqualTo(201);
    SamlStage.Way way = stage.begin();
    String forged = stage.about(way, "1", "una", "npm-users").fresh(TestingSamlIdp.create());
    for (int i = 0; i < 120; i++) {
      assertThat(stage.post(forged, way.state())).contains("error=saml_proof");
    }
    TestingReply refused = stage.posted(forged, way.state());
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("600");
    stage.clock().advance(Duration.ofMinutes(10));
    assertThat(stage.posted(forged, way.state()).status()).isEqualTo(303);
  }

  @Test
  void tellsTheProviderWhatItMustKnow() {
    TestingReply reply =
        stage.server().send(null, "GET", "/sign-in/provider/saml/default", new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/samlmetadata+xml");
    assertThat(reply.text())
        .contains("entityID=\"" + SamlStage.ANSWERS + "/default\"")
        .contains("WantAssertionsSigned=\"true\"")
        .contains("Location=\"" + SamlStage.ANSWERS + "\"");
    // Nobody learns which workspaces there are.
    assertThat(
            stage.server().send(null, "GET", "/sign-in/provider/saml/nowhere", new byte[0]).text())
        .isEqualTo(reply.text().replace("/default\"", "/nowhere\""));
    for (String name : List.of("%22%3E%3Cx", "..%2f", "-")) {
      assertThat(
              stage
                  .server()
                  .send(null, "GET", "/sign-in/provider/saml/" + name, new byte[0])
                  .status())
          .isBetween(400, 404);
    }
  }

  @Test
  void keepsWhatTheProviderCallsUsWhenTheWorkspaceGetsAnotherName() {
    stage.set(Map.of("clientId", "urn:acme:npm"));
    String shown = stage.owner().get("provider").json().at("/saml/entityId").asText();
    assertThat(shown).isEqualTo("urn:acme:npm");
    assertThat(stage.begin().question()).contains("Issuer>urn:acme:npm<");
    assertThat(stage.set(Map.of()).json().at("/settings/clientId").asText())
        .isEqualTo("urn:acme:npm");
  }

  @Test
  void refusesTheTimeOfTheMachineAsWell() {
    SamlStage.Way way = stage.begin();
    SamlAnswer old =
        stage.about(way, "u-1", "una", "npm-users").at(Instant.now().minusSeconds(500));
    assertThat(stage.post(old.fresh(SamlStage.IDP), way.state())).endsWith("error=saml_time");
  }
}
