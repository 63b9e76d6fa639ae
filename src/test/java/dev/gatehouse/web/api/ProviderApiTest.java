package dev.gatehouse.web.api;

import static dev.gatehouse.web.api.ProviderStage.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingProvider;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The settings of a workspace's provider, and whose account is whose there: `provider`,
/// `provider/links`, `users/{user}/provider`.
@OnBothDatabases
final class ProviderApiTest {
  @AutoClose private final ProviderStage stage;

  ProviderApiTest(Dialect dialect) {
    stage = ProviderStage.bare(dialect);
  }

  @Test
  void showsOwnersWhatToTellTheProviderAndNeverTheSecret() {
    TestingReply none = stage.owner().get("provider");
    assertThat(none.json().path("redirect").asText())
        .isEqualTo(ProviderStage.BASE + "/sign-in/provider");
    assertThat(none.json().path("settings").isNull()).isTrue();
    TestingReply set = stage.set(Map.of());
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    TestingReply shown = stage.owner().get("provider");
    assertThat(shown.json().at("/settings/secret").asBoolean()).isTrue();
    assertThat(shown.json().at("/settings/roles/npm-admins").asText()).isEqualTo("admin");
    assertThat(shown.text() + stage.trail()).doesNotContain(TestingProvider.SECRET);
    assertThat(stage.trail()).contains("provider.set");
  }

  @Test
  void isForOwnersOfTheWorkspaceAlone() {
    stage.set(Map.of());
    Api admin = stage.page().session("adam", Role.ADMIN);
    assertThat(admin.get("provider").status()).isEqualTo(403);
    assertThat(admin.put("provider", stage.settings(Map.of())).status()).isEqualTo(403);
    assertThat(admin.delete("provider").status()).isEqualTo(403);
    Api stranger = Api.of(stage.server(), "other", "otto", Role.OWNER);
    assertThat(stranger.get("provider").json().path("settings").isNull()).isTrue();
    assertThat(stranger.delete("provider").status()).isEqualTo(404);
    assertThat(stranger.get("provider/links").json().path("total").asInt()).isZero();
    assertThat(stranger.put("users/olga/provider", "{\"subject\":\"1\"}").status()).isEqualTo(404);
    assertThat(stage.owner().get("provider").json().path("settings").isNull()).isFalse();
  }

  @Test
  void letsPeopleIntoTheWorkspaceAloneWhoseProviderItIs() {
    stage.set(Map.of());
    Api stranger = Api.of(stage.server(), "other", "otto", Role.OWNER);
    Api una = stage.as(stage.signIn("1", "una", "npm-admins"));
    assertThat(una.get("me").json().path("workspace").asText()).isEqualTo("default");
    assertThat(stranger.get("users").text()).doesNotContain("una");
    assertThat(stage.page().post("sign-in/provider", "{\"workspace\":\"other\"}").status())
        .isEqualTo(404);
    assertThat(stranger.put("provider", stage.settings(Map.of())).status()).isEqualTo(200);
    ProviderStage.Way way =
        stage.begin(stage.page(), "sign-in/provider", "{\"workspace\":\"other\"}");
    Map<String, Object> about = Map.of("preferred_username", "una", "groups", "npm-users");
    Api elsewhere = stage.as(stage.answer(way, stage.letIn(way, "1", about)));
    assertThat(elsewhere.get("me").json().path("workspace").asText()).isEqualTo("other");
    assertThat(elsewhere.get("me").json().path("role").asText()).isEqualTo("developer");
    assertThat(una.get("me").json().path("role").asText()).isEqualTo("admin");
  }

  @Test
  void refusesSettingsThatCannotWork() {
    refused(Map.of("issuer", "http://id.example.test"), "https://");
    refused(Map.of("issuer", "javascript:alert(1)"), "https://");
    refused(Map.of("issuer", stage.provider().issuer() + "/"), "calls itself otherwise");
    refused(Map.of("issuer", stage.provider().issuer() + "/nowhere"), "cannot be asked");
    refused(Map.of("scopes", List.of("email")), "openid");
    refused(Map.of("fallback", "admin"), "at most the role developer");
    refused(Map.of("roles", Map.of("g", "king")), "no role");
    refused(Map.of("roles", Map.of("g", 1)), "as a string");
    refused(Map.of("secondFactor", "sometimes"), "secondFactor");
    refused(Map.of("groupsClaim", "a b"), "claim");
    refused(Map.of("name", "a\nb"), "one line");
    refused(Map.of("secret", "s".repeat(1_001)), "1,000");
    stage
        .provider()
        .discovery(stage.provider().discovery().replaceFirst("http://[^\"]*/token", "http://x/t"));
    refused(Map.of(), "lacks an address");
    stage.provider().discovery("[]");
    refused(Map.of(), "not a JSON object");
  }

  private void refused(Map<String, Object> more, String sentence) {
    TestingReply reply = stage.set(more);
    assertThat(reply.status()).as(more + " " + reply).isEqualTo(400);
    assertThat(detail(reply)).contains(sentence);
  }

  @Test
  void isNotSetUpOverSomebodyElsesChange() {
    String before = String.valueOf(stage.owner().get("provider").header("etag"));
    Api careful = stage.owner().with("if-match", before);
    assertThat(careful.put("provider", stage.settings(Map.of())).status()).isEqualTo(200);
    assertThat(careful.put("provider", stage.settings(Map.of("name", "B"))).status())
        .isEqualTo(412);
    assertThat(stage.owner().get("provider").text()).contains("Acme");
  }

  @Test
  void givesTheSecretToTheIssuerAloneThatItWasGivenFor() {
    stage.set(Map.of());
    String kept =
        stage.settings(Map.of("linking", false)).replaceFirst(",?\"secret\":\"[^\"]*\"", "");
    assertThat(stage.owner().put("provider", kept.replace("{,", "{")).status()).isEqualTo(200);
    assertThat(stage.owner().get("provider").json().at("/settings/secret").asBoolean()).isTrue();
    try (TestingProvider evil = TestingProvider.start()) {
      String elsewhere = kept.replace(stage.provider().issuer(), evil.issuer()).replace("{,", "{");
      TestingReply refused = stage.owner().put("provider", elsewhere);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(detail(refused)).contains("give it again");
    }
    assertThat(stage.set(Map.of("secret", "")).json().at("/settings/secret").asBoolean()).isFalse();
  }

  @Test
  void saysThatAWrongSecretIsWrong() {
    stage.set(Map.of("secret", "wrong"));
    TestingReply refused = stage.signIn("1", "una", "npm-users");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("401, invalid_client").doesNotContain("<b>who");
  }

  @Test
  void isTakenAway() {
    stage.set(Map.of());
    Api una = stage.as(stage.signIn("1", "una", "npm-users"));
    assertThat(stage.owner().delete("provider").status()).isEqualTo(204);
    assertThat(stage.owner().delete("provider").status()).isEqualTo(404);
    assertThat(stage.page().post("sign-in/provider", "{}").status()).isEqualTo(404);
    assertThat(una.get("me").status()).isEqualTo(401);
    assertThat(stage.trail()).contains("provider.remove");
  }

  @Test
  void letsThoseWhoManageAnAccountLinkIt() {
    stage.set(Map.of());
    Api admin = stage.page().session("adam", Role.ADMIN);
    stage.page().session("dora", Role.DEVELOPER);
    assertThat(admin.put("users/dora/provider", "{\"subject\":\"4711\"}").status()).isEqualTo(204);
    TestingReply links = admin.get("provider/links");
    assertThat(links.json().at("/items/0/user").asText()).isEqualTo("dora");
    assertThat(links.json().at("/items/0/subject").asText()).isEqualTo("4711");
    Api dora = stage.as(stage.signIn("4711", "whatever", "npm-users"));
    assertThat(dora.get("me").json().path("name").asText()).isEqualTo("dora");
    assertThat(admin.delete("users/dora/provider").status()).isEqualTo(204);
    assertThat(admin.delete("users/dora/provider").status()).isEqualTo(404);
    assertThat(dora.get("me").status()).isEqualTo(401);
    assertThat(stage.trail()).contains("provider.unlink").contains("4711");
  }

  @Test
  void letsNobodyLinkWhomTheyDoNotManage() {
    stage.set(Map.of());
    Api admin = stage.page().session("adam", Role.ADMIN);
    Api dora = stage.page().session("dora", Role.DEVELOPER);
    String subject = "{\"subject\":\"4711\"}";
    assertThat(admin.put("users/olga/provider", subject).status()).isEqualTo(403);
    assertThat(admin.put("users/adam/provider", subject).status()).isEqualTo(403);
    assertThat(dora.put("users/dora/provider", subject).status()).isEqualTo(403);
    assertThat(dora.get("provider/links").status()).isEqualTo(403);
    assertThat(admin.put("users/dora/provider", "{\"subject\":\"\"}").status()).isEqualTo(400);
    assertThat(admin.put("users/nobody/provider", subject).status()).isEqualTo(404);
    assertThat(admin.put("users/dora/provider", subject).status()).isEqualTo(204);
    stage.page().session("drew", Role.DEVELOPER);
    assertThat(admin.put("users/drew/provider", subject).status()).isEqualTo(409);
  }

  @Test
  void wantsToKnowHowPeopleAddressTheServerFirst() {
    try (TestingServer server = TestingServer.start(Dialect.SQLITE)) {
      Api owner = Api.of(server).session("olga", Role.OWNER);
      assertThat(owner.get("provider").json().path("redirect").isNull()).isTrue();
      TestingReply refused = owner.put("provider", stage.settings(Map.of()));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(detail(refused)).contains("server.base-url");
    }
  }
}
