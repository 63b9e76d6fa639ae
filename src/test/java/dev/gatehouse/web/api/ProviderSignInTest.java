package dev.gatehouse.web.api;

import static dev.gatehouse.web.api.ProviderStage.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.Providers;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Signing in by a provider, as honest people do: `sign-in/provider`, `me/provider`.
@OnBothDatabases
final class ProviderSignInTest {
  @AutoClose private final ProviderStage stage;

  ProviderSignInTest(Dialect dialect) {
    stage = ProviderStage.open(dialect, Map.of());
  }

  private String role(String user) {
    return stage.owner().get("users/" + user).json().path("role").asText();
  }

  private boolean isActive(String user) {
    return stage.owner().get("users/" + user).json().path("active").asBoolean();
  }

  @Test
  void tellsThoseWhoAreNotInYetWhatTheProviderIsCalled() {
    TestingReply options = stage.page().get("sign-in/provider");
    assertThat(options.json().path("name").asText()).isEqualTo("Acme <b>ID</b>");
    assertThat(options.json().path("passwords").asBoolean()).isTrue();
    assertThat(options.json().path("signOut").asText())
        .startsWith(stage.provider().issuer() + "/end?")
        .contains("http%3A%2F%2Fnpm.example.test%2Fsign-in");
    TestingReply elsewhere = stage.page().get("sign-in/provider?workspace=nowhere");
    assertThat(elsewhere.json().path("name").isNull()).isTrue();
  }

  @Test
  void sendsTheBrowserToTheProviderWithTheConfiguredAddressAlone() {
    Api forged = stage.page().with("x-forwarded-host", "evil.example");
    ProviderStage.Way way = stage.begin(forged, "sign-in/provider", "{\"to\":\"/login/abc?x=1\"}");
    assertThat(way.address())
        .startsWith(stage.provider().issuer() + "/authorize?")
        .contains("redirect_uri=http%3A%2F%2Fnpm.example.test%2Fsign-in%2Fprovider")
        .contains("code_challenge_method=S256")
        .contains("scope=openid+profile+email")
        .doesNotContain("evil");
    TestingReply back =
        stage.answer(
            way, stage.letIn(way, "1", Map.of("preferred_username", "una", "groups", "npm-users")));
    assertThat(back.json().path("to").asText()).isEqualTo("/login/abc?x=1");
  }

  @Test
  void makesAnAccountWithTheHighestRoleOfTheGroups() {
    Api una = stage.as(stage.signIn("1", "Una@Acme.test", "npm-users", "npm-admins", "others"));
    assertThat(una.get("me").json().path("name").asText()).isEqualTo("una");
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("admin");
    assertThat(stage.trail())
        .contains("account.create")
        .contains("provider.link")
        .contains("session.open-by-provider");
  }

  @Test
  void setsTheRoleAgainAtEachSignIn() {
    Api una = stage.as(stage.signIn("1", "una", "npm-admins"));
    stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(una.get("invitations").status()).isEqualTo(403);
    assertThat(role("una")).isEqualTo("developer");
    assertThat(stage.trail()).contains("account.role");
  }

  @Test
  void takesARoleThatAnOwnerHasMadeAwayWhereTheGroupsGiveAnother() {
    stage.set(Map.of("fallback", "read-only"));
    stage.signIn("2", "una");
    stage.owner().post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}");
    stage.owner().patch("users/una", "{\"role\":\"builder\"}");
    assertThat(role("una")).isEqualTo("builder");
    stage.signIn("2", "una");
    assertThat(role("una")).isEqualTo("read-only");
  }

  @Test
  void givesRolesThatOwnersHaveMadeOfSeveralTheOneThatMayDoMost() {
    stage.owner().post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}");
    stage.owner().post("roles", "{\"name\":\"lead\",\"rights\":[\"publish\",\"decide\"]}");
    Map<String, String> roles =
        Map.of("makers", "builder", "leads", "lead", "npm-users", "developer", "all", "read-only");
    TestingReply set = stage.set(Map.of("roles", roles));
    assertThat(set.json().at("/settings/roles/makers").asText()).isEqualTo("builder");
    stage.signIn("1", "una", "makers", "all");
    assertThat(role("una")).isEqualTo("builder");
    stage.signIn("1", "una", "makers", "leads");
    assertThat(role("una")).isEqualTo("lead");
    stage.signIn("1", "una", "leads", "npm-users");
    assertThat(role("una")).isEqualTo("developer");

    stage.owner().patch("roles/builder", "{\"name\":\"maker\"}");
    stage.signIn("1", "una", "makers");
    assertThat(role("una")).as("another name is the same role").isEqualTo("maker");
    assertThat(stage.owner().get("provider").json().at("/settings/roles/makers").asText())
        .isEqualTo("maker");
    assertThat(detail(stage.set(Map.of("roles", Map.of("makers", "builder")))))
        .contains("\"builder\" is no role");
  }

  @Test
  void keepsARoleThatGroupsHaveAndLetsNobodyInByOneThatIsGone() {
    stage.owner().post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}");
    stage.set(Map.of("roles", Map.of("makers", "builder"), "fallback", "developer"));
    TestingReply kept = stage.owner().delete("roles/builder");
    assertThat(kept.status()).isEqualTo(409);
    assertThat(detail(kept)).contains("Groups of the provider have the role");

    var database = stage.server().services().database();
    database.write(handle -> handle.execute("DELETE FROM custom_role"));
    TestingReply refused = stage.signIn("1", "una", "makers");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("was deleted", "ask an owner");
    assertThat(stage.owner().get("users/una").status()).isEqualTo(404);
    assertThat(stage.signIn("2", "ulf", "others").status()).isEqualTo(201);
  }

  @Test
  void shutsOutWhoseGroupsAreGoneWithSessionsAndTokensAndLetsThemInAgain() {
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    Api script =
        Api.of(stage.server())
            .with(
                "authorization",
                "Bearer " + stage.server().token(stage.server().user("una"), TokenLimits.NONE));
    assertThat(script.get("me").status()).isEqualTo(200);

    TestingReply refused = stage.signIn("1", "una", "others");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("none of the groups");
    assertThat(una.get("me").status()).isEqualTo(401);
    assertThat(script.get("me").status()).isEqualTo(401);
    assertThat(isActive("una")).isFalse();
    assertThat(stage.trail()).contains("account.deactivate").contains("provider.refuse");

    stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(script.get("me").status()).isEqualTo(200);
  }

  @Test
  void leavesOutWhomAPersonHasDeactivated() {
    stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(stage.signIn("1", "una", "others").status()).isEqualTo(403);
    stage.owner().patch("users/una", "{\"active\":true}");
    stage.owner().patch("users/una", "{\"active\":false}");
    TestingReply refused = stage.signIn("1", "una", "npm-admins");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("deactivated");
    assertThat(isActive("una")).isFalse();
  }

  @Test
  void refusesWhoIsInNoMappedGroupOrGivesThemTheRoleOfEverybody() {
    TestingReply refused = stage.signIn("1", "una");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(stage.owner().get("users/una").status()).isEqualTo(404);
    assertThat(stage.set(Map.of("fallback", "read-only")).status()).isEqualTo(200);
    Api una = stage.as(stage.signIn("1", "una"));
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("read-only");
  }

  @Test
  void asksForMoreWhereTheTokenLeavesItOutAndReadsNestedGroups() {
    stage.set(Map.of("groupsClaim", "realm_access.roles"));
    stage
        .provider()
        .people(
            """
            {"sub":"1","preferred_username":"una","realm_access":{"roles":["npm-users"]},
            "email":"una@acme.test","email_verified":true}
            """);
    Api una = stage.as(stage.signIn("1", Map.of()));
    assertThat(una.get("me").json().path("email").asText()).isEqualTo("una@acme.test");
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("developer");
  }

  @Test
  void keepsNoAddressThatTheProviderHasNotVerified() {
    Api una =
        stage.as(
            stage.signIn(
                "1",
                Map.of(
                    "preferred_username", "una", "groups", "npm-users", "email", "x@acme.test")));
    assertThat(una.get("me").json().path("email").asText()).isEmpty();
  }

  @Test
  void keepsTheLastOwnerAnOwner() {
    ProviderStage.Way way = stage.begin(stage.owner(), "me/provider", "{}");
    Map<String, Object> about =
        Map.of("preferred_username", "someone", "groups", List.of("npm-users"));
    assertThat(stage.answer(way, stage.letIn(way, "7", about)).json().path("linked").asBoolean())
        .isTrue();
    assertThat(stage.owner().get("me/provider").json().path("linked").asBoolean()).isTrue();
    Api olga = stage.as(stage.signIn("7", about));
    assertThat(olga.get("me").json().path("role").asText()).isEqualTo("owner");
    assertThat(stage.signIn("7", "someone").status()).isEqualTo(403);
    assertThat(olga.get("me").json().path("role").asText()).isEqualTo("owner");
  }

  @Test
  void linksNobodyThemselvesWhereTheSettingsSayNo() {
    stage.set(Map.of("linking", false));
    assertThat(stage.owner().post("me/provider", "{}").status()).isEqualTo(403);
    assertThat(stage.owner().get("me/provider").json().path("linking").asBoolean()).isFalse();
  }

  @Test
  void givesANewSessionAtEachSignInAndEndsTheOneBefore() {
    TestingReply first = stage.signIn("1", "una", "npm-users");
    Api una = stage.as(first);
    ProviderStage.Way way = stage.begin(una, "sign-in/provider", "{}");
    TestingReply second =
        stage.answer(
            way, stage.letIn(way, "1", Map.of("preferred_username", "una", "groups", "npm-users")));
    assertThat(Api.cookie(second)).isNotEqualTo(Api.cookie(first));
    assertThat(una.get("me").status()).isEqualTo(401);
    Api again = stage.as(second);
    assertThat(again.delete("session").status()).isEqualTo(204);
    assertThat(again.get("me").status()).isEqualTo(401);
  }

  @Test
  void asksForOnesOwnSecondFactorUnlessTheSettingsSayThatTheProvidersCounts() {
    TestingAuthenticator app = factor();
    Map<String, Object> about =
        Map.of("preferred_username", "una", "groups", "npm-users", "amr", List.of("pwd", "mfa"));
    ProviderStage.Way way = stage.begin();
    Map<String, String> brought = stage.letIn(way, "1", about);
    TestingReply asked = stage.answer(way, brought);
    assertThat(asked.json().path("code").asText()).isEqualTo("second-factor-needed");
    assertThat(asked.header("set-cookie")).isNull();
    stage.clock().advance(Duration.ofMinutes(1));
    Map<String, String> code = new HashMap<>();
    code.put("state", String.valueOf(brought.get("state")));
    code.put("otp", "000000");
    assertThat(stage.answer(way, code).status()).isEqualTo(401);
    code.put("otp", app.code(stage.clock().instant()));
    stage.as(stage.answer(way, code));
    assertThat(stage.answer(way, code).status()).isEqualTo(403);

    stage.set(Map.of("secondFactor", "claimed"));
    stage.as(stage.signIn("1", about));
    Map<String, Object> weaker = new HashMap<>(about);
    weaker.put("amr", List.of("pwd"));
    assertThat(stage.signIn("1", weaker).status()).isEqualTo(401);
    stage.set(Map.of("secondFactor", "always"));
    stage.as(stage.signIn("1", weaker));
  }

  /// Sets one up for somebody who has no password, and has just come by the provider.
  private TestingAuthenticator factor() {
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(una.get("me/provider").json().path("fresh").asBoolean()).isTrue();
    String secret = una.post("me/second-factor", "{}").json().path("secret").asText();
    var app = new TestingAuthenticator(secret);
    String code = "{\"code\":\"" + app.code(stage.clock().instant()) + "\"}";
    assertThat(una.put("me/second-factor", code).status()).isEqualTo(200);
    return app;
  }

  @Test
  void wantsAPasswordForASecondFactorWhenTheSignInIsOld() {
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    stage.clock().advance(Duration.ofMinutes(11));
    assertThat(una.post("me/second-factor", "{}").status()).isEqualTo(400);
  }

  @Test
  void takesASignInByTheProviderForAPasswordThatAnAccountDoesNotHaveForTenMinutes() {
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(una.get("me/provider").json().path("provided").asBoolean()).isTrue();
    assertThat(una.put("me/email", "{\"email\":\"una@mail.test\"}").status()).isEqualTo(204);
    assertThat(una.get("me").json().path("email").asText()).isEqualTo("una@mail.test");
    stage.clock().advance(Duration.ofMinutes(11));
    assertThat(una.put("me/email", "{\"email\":\"x@mail.test\"}").status()).isEqualTo(400);
    var refused = una.put("me/email", "{\"email\":\"x@mail.test\",\"current\":\"guess\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("Your account has no password");
    assertThat(una.get("me").json().path("email").asText()).isEqualTo("una@mail.test");
  }

  @Test
  void givesNobodyAPasswordForHavingJustSignedIn() {
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    String wanted = "\"password\":\"a new one of hers\"";
    assertThat(una.put("me/password", "{" + wanted + "}").status()).isEqualTo(400);
    var refused = una.put("me/password", "{\"current\":\"guess\"," + wanted + "}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("you sign in by the provider");
  }

  @Test
  void countsTheProvidersFactorWhereEverybodyNeedsOneAndNoLongerOnceTheSettingsChange() {
    stage.set(Map.of("secondFactor", "always"));
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    stage
        .server()
        .services()
        .access()
        .secondFactors()
        .setRequired(
            new dev.gatehouse.audit.Actor.Operator(),
            stage.server().registry().workspace().id(),
            true);
    assertThat(una.get("me").json().path("secondFactorMissing").asBoolean()).isFalse();
    assertThat(una.get("registries").status()).isEqualTo(200);
    var providers = stage.server().services().signOn().providers();
    long workspace = stage.server().registry().workspace().id();
    var same = new Providers.Wanted(providers.require(workspace).settings(), null);
    providers.set(new dev.gatehouse.audit.Actor.Operator(), workspace, same, _ -> {});
    assertThat(una.get("me").json().path("secondFactorMissing").asBoolean()).isTrue();
    assertThat(una.get("registries").status()).isEqualTo(403);
  }

  @Test
  void leavesSigningInByPasswordToOwnersWhereTheSettingsSaySo() {
    Api page = stage.page();
    stage.page().session("dora", Role.DEVELOPER);
    byte[] npm = Api.signIn("dora", Api.PASSWORD).getBytes(StandardCharsets.UTF_8);
    String couch = "/r/default/-/user/org.couchdb.user:dora";
    assertThat(stage.server().send(null, "PUT", couch, npm).status()).isEqualTo(201);
    assertThat(stage.set(Map.of("passwords", false)).status()).isEqualTo(200);
    TestingReply refused = page.post("session", Api.signIn("dora", Api.PASSWORD));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(detail(refused)).contains("not by password");
    assertThat(stage.server().send(null, "PUT", couch, npm).status()).isEqualTo(401);
    assertThat(detail(page.post("session", Api.signIn("dora", "wrong password"))))
        .contains("wrong");
    assertThat(page.post("session", Api.signIn("olga", Api.PASSWORD)).status()).isEqualTo(201);
    assertThat(page.get("sign-in/provider").json().path("passwords").asBoolean()).isFalse();
  }
}
