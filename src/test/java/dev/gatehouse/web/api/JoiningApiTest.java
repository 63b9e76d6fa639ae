package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `invitations`, `invited`, `join-requests`, `workspace/settings` and `sign-in`, on a server that
/// sends no mail.
@OnBothDatabases
final class JoiningApiTest {
  private static final String DORA =
      "{\"name\":\"dora\",\"password\":\"" + Api.PASSWORD + "\",\"email\":\"d@example.test\"}";
  private static final String ASK = "{\"email\":\"eve@example.test\",\"message\":\"<b>me</b>\"}";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api page;
  private final Api admin;

  JoiningApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    page = api.with("x-gatehouse-app", "1");
    admin = api.session("adam", Role.ADMIN);
  }

  private TestingReply invite(String role) {
    TestingReply made = admin.post("invitations", "{\"role\":\"" + role + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made;
  }

  /// The path in the API of whoever follows the link in `made`.
  private String invited(TestingReply made) {
    String link = made.json().path("link").asText();
    assertThat(link).startsWith(server.url() + "/invite/");
    return "invited/" + link.substring(link.lastIndexOf('/') + 1);
  }

  private void open() {
    assertThat(admin.patch("workspace/settings", "{\"joining\":true}").status()).isEqualTo(200);
  }

  @Test
  void letsWhoeverHasTheLinkChooseANameAndSignIn() {
    TestingReply made = invite("developer");
    String path = invited(made);
    JsonNode shown = api.get(path).json();
    assertThat(shown.path("workspace").asText()).isEqualTo("default");
    assertThat(shown.path("role").asText()).isEqualTo("developer");
    assertThat(shown.path("by").asText()).isEqualTo("adam");
    TestingReply joined = page.post(path, DORA);
    assertThat(joined.status()).as(joined.text()).isEqualTo(201);
    assertThat(joined.header("set-cookie")).isNull();
    assertThat(api.signedIn("dora").get("me").json().path("email").asText())
        .isEqualTo("d@example.test");
    assertThat(page.post(path, DORA.replace("dora", "eve")).status()).isEqualTo(404);
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(admin.get("invitations").json().path("total").asInt()).isZero();
  }

  @Test
  void listsInvitationsWithoutTheirLinksTheNewestFirstInPages() {
    List<String> roles = List.of("developer", "read-only", "admin");
    List<TestingReply> made = roles.stream().map(this::invite).toList();
    TestingReply first = admin.get("invitations?limit=2");
    assertThat(first.json().path("items").findValuesAsText("role"))
        .containsExactly("admin", "read-only");
    assertThat(first.json().path("items").path(0))
        .isEqualTo(made.getLast().json().path("invitation"));
    TestingReply second =
        admin.get("invitations?limit=2&cursor=" + first.json().path("next").asText());
    assertThat(second.json().path("items").findValuesAsText("role")).containsExactly("developer");
    for (TestingReply one : made) {
      assertThat(first.text() + second.text()).doesNotContain(invited(one).substring(8));
    }
  }

  @Test
  void endsWhenItIsTakenBackOrTooOld() {
    TestingReply made = invite("developer");
    String id = made.json().at("/invitation/id").asText();
    TestingReply late = invite("developer");
    assertThat(admin.delete("invitations/" + id).status()).isEqualTo(204);
    assertThat(admin.delete("invitations/" + id).status()).isEqualTo(404);
    assertThat(page.post(invited(made), DORA).status()).isEqualTo(404);
    clock.advance(Duration.ofDays(5));
    assertThat(api.get(invited(late)).status()).isEqualTo(404);
    assertThat(page.post(invited(late), DORA).status()).isEqualTo(404);
  }

  @Test
  void givesNoRoleAboveOnesOwn() {
    assertThat(admin.post("invitations", "{\"role\":\"owner\"}").status()).isEqualTo(403);
    Api dora = api.session("dora", Role.DEVELOPER);
    assertThat(dora.post("invitations", "{\"role\":\"read-only\"}").status()).isEqualTo(403);
    assertThat(dora.get("invitations").status()).isEqualTo(403);
    assertThat(dora.get("join-requests").status()).isEqualTo(403);
    assertThat(dora.patch("workspace/settings", "{\"joining\":true}").status()).isEqualTo(403);
    Api olga = api.session("olga", Role.OWNER);
    TestingReply made = olga.post("invitations", "{\"role\":\"owner\"}");
    assertThat(made.status()).isEqualTo(201);
    String id = made.json().at("/invitation/id").asText();
    assertThat(admin.delete("invitations/" + id).status()).isEqualTo(403);
  }

  @Test
  void showsAndChangesNothingOfAnotherWorkspace() {
    String id = invite("developer").json().at("/invitation/id").asText();
    open();
    page.post("join-requests", ASK);
    String asked = admin.get("join-requests").json().at("/items/0/id").asText();
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.get("invitations").json().path("total").asInt()).isZero();
    assertThat(stranger.get("join-requests").json().path("total").asInt()).isZero();
    assertThat(stranger.get("workspace/settings").json().path("joining").asBoolean()).isFalse();
    assertThat(stranger.delete("invitations/" + id).status()).isEqualTo(404);
    assertThat(stranger.delete("join-requests/" + asked).status()).isEqualTo(404);
    assertThat(stranger.post("join-requests/" + asked, "{\"role\":\"read-only\"}").status())
        .isEqualTo(404);
    assertThat(admin.get("join-requests").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (String bad : List.of("{}", "{\"role\":\"king\"}", "{\"role\":7}", "[]", "{")) {
      assertThat(admin.post("invitations", bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(admin.delete("invitations/x").status()).isEqualTo(404);
    assertThat(admin.get("invitations?cursor=%21").status()).isEqualTo(400);
    String path = invited(invite("developer"));
    for (String bad :
        List.of(
            "{\"name\":\"dora\"}",
            "{\"password\":\"" + Api.PASSWORD + "\"}",
            DORA.replace("dora", "Dora X"),
            DORA.replace("d@example.test", "no address"),
            DORA.replace(Api.PASSWORD, "short"))) {
      assertThat(page.post(path, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(page.post(path, DORA.replace("dora", "adam")).status()).isEqualTo(409);
    assertThat(api.post(path, DORA).status()).isEqualTo(403);
    assertThat(page.post(path, DORA).status()).isEqualTo(201);
  }

  @Test
  void sendsNoMailWhereNoneIsSetUp() {
    TestingReply refused =
        admin.post("invitations", "{\"role\":\"developer\",\"email\":\"d@example.test\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("sends no mail");
    assertThat(admin.get("invitations").json().path("total").asInt()).isZero();
    TestingReply forgotten = page.post("forgotten", "{\"name\":\"adam\"}");
    assertThat(forgotten.status()).isEqualTo(409);
    assertThat(forgotten.json().path("detail").asText()).contains("ask an admin");
  }

  @Test
  void letsStrangersAskOnlyWhereTheWorkspaceSaysSo() {
    TestingReply closed = page.post("join-requests", ASK);
    assertThat(closed.status()).isEqualTo(403);
    TestingReply nowhere =
        page.post("join-requests", ASK.replace("{\"email", "{\"workspace\":\"no\",\"email"));
    assertThat(nowhere.text()).isEqualTo(closed.text());
    assertThat(api.get("sign-in").text()).isEqualTo(api.get("sign-in?workspace=no").text());
    open();
    assertThat(api.get("sign-in").json().path("joining").asBoolean()).isTrue();
    assertThat(page.post("join-requests", ASK).status()).isEqualTo(204);
    assertThat(page.post("join-requests", "{\"email\":\"eve\"}").status()).isEqualTo(400);
    JsonNode asked = admin.get("join-requests").json().at("/items/0");
    assertThat(asked.path("message").asText()).isEqualTo("<b>me</b>");
    assertThat(asked.path("address").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void invitesWhomAnAdminApprovesAndTheFirstAnswerCounts() {
    open();
    page.post("join-requests", ASK);
    String path = "join-requests/" + admin.get("join-requests").json().at("/items/0/id").asText();
    assertThat(admin.post(path, "{\"role\":\"owner\"}").status()).isEqualTo(403);
    assertThat(admin.post(path, "{}").status()).isEqualTo(400);
    TestingReply made = admin.post(path, "{\"role\":\"read-only\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().at("/invitation/email").asText()).isEqualTo("eve@example.test");
    assertThat(admin.post(path, "{\"role\":\"read-only\"}").status()).isEqualTo(404);
    assertThat(admin.delete(path).status()).isEqualTo(404);
    assertThat(page.post(invited(made), DORA.replace("dora", "eve")).status()).isEqualTo(201);
    assertThat(admin.get("users/eve").json().path("email").asText()).isEqualTo("eve@example.test");
    assertThat(server.audited("anonymous")).containsExactly("join.ask eve@example.test");
  }

  @Test
  void refusesThem() {
    open();
    page.post("join-requests", ASK);
    String path = "join-requests/" + admin.get("join-requests").json().at("/items/0/id").asText();
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.get("join-requests").json().path("total").asInt()).isZero();
    assertThat(server.audited("user:adam")).contains("join.refuse eve@example.test");
  }

  @Test
  void letsNoAddressAskWithoutEnd() {
    open();
    for (int i = 0; i < 5; i++) {
      assertThat(page.post("join-requests", ASK.replace("eve", "eve" + i)).status()).isEqualTo(204);
    }
    TestingReply busy = page.post("join-requests", ASK);
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.header("retry-after")).isEqualTo("3600");
    clock.advance(Duration.ofHours(1));
    assertThat(page.post("join-requests", ASK).status()).isEqualTo(204);
  }

  @Test
  void noticesThatSomebodyElseHasChangedTheSettings() {
    String seen = Objects.requireNonNull(admin.get("workspace/settings").header("etag"));
    open();
    TestingReply late =
        admin.with("if-match", seen).patch("workspace/settings", "{\"joining\":false}");
    assertThat(late.status()).isEqualTo(412);
    assertThat(api.get("sign-in").json().path("joining").asBoolean()).isTrue();
    assertThat(admin.patch("workspace/settings", "{\"joining\":\"yes\"}").status()).isEqualTo(400);
    assertThat(admin.patch("workspace/settings", "{}").status()).isEqualTo(200);
    assertThat(server.audited("user:adam")).containsOnlyOnce("join.allow true");
  }

  @Test
  void invitesToRolesThatOwnersHaveMadeWithoutRightsThatTheInviterHasNot() {
    Api olga = api.session("olga", Role.OWNER);
    olga.post("roles", "{\"name\":\"tester\",\"rights\":[\"decide\"]}");
    olga.post("roles", "{\"name\":\"helper\",\"rights\":[\"manage-accounts\"]}");
    olga.post(
        "users", "{\"name\":\"hela\",\"role\":\"helper\",\"password\":\"" + Api.PASSWORD + "\"}");
    Api hela = api.signedIn("hela");
    TestingReply refused = hela.post("invitations", "{\"role\":\"tester\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("rights that you do not have yourself");
    assertThat(admin.post("invitations", "{\"role\":\"nobody\"}").text())
        .contains("is no role", "helper, tester");

    TestingReply made = invite("tester");
    assertThat(made.json().at("/invitation/role").asText()).isEqualTo("tester");
    assertThat(admin.get("invitations").json().path("items").findValuesAsText("role"))
        .containsExactly("tester");
    assertThat(hela.delete("invitations/" + made.json().at("/invitation/id").asText()).status())
        .isEqualTo(403);
    String path = invited(made);
    assertThat(api.get(path).json().path("role").asText()).isEqualTo("tester");
    assertThat(page.post(path, DORA).status()).isEqualTo(201);
    JsonNode me = api.signedIn("dora").get("me").json();
    assertThat(me.path("role").asText()).isEqualTo("tester");
    assertThat(me.path("rights")).map(JsonNode::asText).containsExactly("read", "decide");
  }

  @Test
  void keepsARoleThatAnInvitationGivesAndFollowsItsNameAndRights() {
    Api olga = api.session("olga", Role.OWNER);
    olga.post("roles", "{\"name\":\"tester\",\"rights\":[\"decide\"]}");
    TestingReply made = invite("tester");
    TestingReply kept = olga.delete("roles/tester");
    assertThat(kept.status()).isEqualTo(409);
    assertThat(kept.text()).contains("1 invitations give the role", "take them back first");
    assertThat(olga.patch("roles/tester", "{\"name\":\"examiner\"}").status()).isEqualTo(200);
    assertThat(api.get(invited(made)).json().path("role").asText()).isEqualTo("examiner");

    olga.post("roles", "{\"name\":\"lead\",\"rights\":[\"manage-accounts\",\"decide\"]}");
    olga.post(
        "users", "{\"name\":\"lea\",\"role\":\"lead\",\"password\":\"" + Api.PASSWORD + "\"}");
    TestingReply hers = api.signedIn("lea").post("invitations", "{\"role\":\"examiner\"}");
    assertThat(hers.status()).isEqualTo(201);
    olga.patch("roles/examiner", "{\"rights\":[\"decide\",\"publish\"]}");
    TestingReply ended = page.post(invited(hers), DORA);
    assertThat(ended.status()).as("it gives what lea has not").isEqualTo(404);
    assertThat(page.post(invited(made), DORA).status()).isEqualTo(201);

    olga.delete("invitations/" + hers.json().at("/invitation/id").asText());
    olga.patch("users/dora", "{\"role\":\"developer\"}");
    assertThat(olga.delete("roles/examiner").status()).isEqualTo(204);
  }

  @Test
  void approvesWhoAskedWithARoleThatAnOwnerHasMade() {
    Api olga = api.session("olga", Role.OWNER);
    olga.post("roles", "{\"name\":\"tester\",\"rights\":[\"decide\"]}");
    open();
    page.post("join-requests", ASK);
    String asked = admin.get("join-requests").json().at("/items/0/id").asText();
    TestingReply made = admin.post("join-requests/" + asked, "{\"role\":\"tester\"}");
    assertThat(made.json().at("/invitation/role").asText()).isEqualTo("tester");
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.post("invitations", "{\"role\":\"tester\"}").status())
        .as("another workspace's role")
        .isEqualTo(400);
  }
}
