package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Links that come by mail: invitations, and new passwords (`forgotten`, `password-links`).
@OnBothDatabases
final class MailedLinksTest {
  private static final String BASE = "http://npm.example.test";
  private static final Pattern LINK =
      Pattern.compile(BASE + "/(invite|password)/([0-9A-Za-z]{40})");
  private static final String NEW = "another fine password";

  private final GreenMail mails = mails();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api page;
  private final Api admin;

  MailedLinksTest(Dialect dialect) {
    server = TestingServer.start(dialect, Clock.systemUTC(), settings());
    api = Api.of(server);
    page = api.with("x-gatehouse-app", "1");
    admin = api.session("adam", Role.ADMIN);
    server.user("dora", Role.DEVELOPER, Api.PASSWORD, "dora@example.test");
  }

  private static GreenMail mails() {
    var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(Duration.ofMinutes(1).toMillis());
    var started = new GreenMail(setup);
    started.start();
    return started;
  }

  private Map<String, String> settings() {
    return Map.of(
        "mail.host", "127.0.0.1",
        "mail.port", Integer.toString(mails.getSmtp().getPort()),
        "mail.security", "none",
        "mail.from", "gatehouse@example.test",
        "server.base-url", BASE + "/");
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  private MimeMessage arrived(int count) {
    assertThat(mails.waitForIncomingEmail(Duration.ofMinutes(1).toMillis(), count)).isTrue();
    assertThat(mails.getReceivedMessages()).hasSize(count);
    return mails.getReceivedMessages()[count - 1];
  }

  private static Matcher link(MimeMessage mail) throws IOException, MessagingException {
    Matcher link = LINK.matcher(mail.getContent().toString());
    assertThat(link.find()).as(mail.getContent().toString()).isTrue();
    return link;
  }

  private TestingReply forgot(String name) {
    return page.post("forgotten", "{\"name\":\"" + name + "\"}");
  }

  @Test
  void invitesByMailAndTellsTheLinkToNobodyElse() throws Exception {
    TestingReply made =
        admin.post("invitations", "{\"role\":\"developer\",\"email\":\"eve@example.test\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("link").isNull()).isTrue();
    MimeMessage mail = arrived(1);
    assertThat(mail.getAllRecipients()[0]).hasToString("eve@example.test");
    assertThat(mail.getSubject()).isEqualTo("[gatehouse] adam invites you to default");
    String secret = link(mail).group(2);
    assertThat(page.post("invited/" + secret, Api.signIn("eve", NEW)).status()).isEqualTo(201);
    assertThat(admin.get("users/eve").json().path("email").asText()).isEqualTo("eve@example.test");
    assertThat(
            admin
                .post("invitations", "{\"role\":\"developer\",\"email\":\"a@b.test, c@d.test\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void keepsNoLinkInTheQueueThatAnybodyCouldRead() {
    mails.stop();
    admin.post("invitations", "{\"role\":\"developer\",\"email\":\"eve@example.test\"}");
    List<String> waiting =
        server
            .services()
            .database()
            .read(handle ->
                handle
                    .createQuery("SELECT payload FROM job WHERE kind = 'mail-link'")
                    .mapTo(String.class)
                    .list());
    assertThat(waiting).hasSize(1);
    assertThat(waiting.getFirst()).doesNotContain("invite", "eve", BASE);
  }

  @Test
  void sendsALinkToWhoeverForgotTheirPasswordAndEndsTheirSessions() throws Exception {
    Api dora = api.signedIn("dora");
    assertThat(forgot("dora").status()).isEqualTo(204);
    MimeMessage mail = arrived(1);
    assertThat(mail.getAllRecipients()[0]).hasToString("dora@example.test");
    assertThat(mail.getSubject()).isEqualTo("[gatehouse] A new password for dora");
    String path = "password-links/" + link(mail).group(2);
    assertThat(api.get(path).json().path("name").asText()).isEqualTo("dora");
    assertThat(page.post(path, "{\"password\":\"short\"}").status()).isEqualTo(400);
    assertThat(page.post(path, "{}").status()).isEqualTo(400);
    assertThat(api.post(path, "{\"password\":\"" + NEW + "\"}").status()).isEqualTo(403);
    assertThat(page.post(path, "{\"password\":\"" + NEW + "\"}").status()).isEqualTo(204);
    assertThat(dora.get("me").status()).isEqualTo(401);
    assertThat(page.post("session", Api.signIn("dora", Api.PASSWORD)).status()).isEqualTo(401);
    assertThat(page.post("session", Api.signIn("dora", NEW)).status()).isEqualTo(201);
    assertThat(page.post(path, "{\"password\":\"" + NEW + "\"}").status()).isEqualTo(404);
    assertThat(api.get(path).status()).isEqualTo(404);
  }

  @Test
  void saysTheSameOfWhomItDoesNotKnowAndSendsThemNothing() {
    String known = forgot("dora").toString();
    assertThat(forgot("nobody")).hasToString(known);
    // He has no address.
    assertThat(forgot("adam")).hasToString(known);
    assertThat(page.post("forgotten", "{\"name\":\"dora\",\"workspace\":\"no\"}"))
        .hasToString(known);
    forgot("dora");
    // The queue is in order: what would have been sent to others would have come before the last.
    arrived(2);
    assertThat(mails.getReceivedMessages())
        .allSatisfy(
            mail -> assertThat(mail.getAllRecipients()[0]).hasToString("dora@example.test"));
    assertThat(forgot("no such name").status()).isEqualTo(400);
  }

  @Test
  void letsNobodySendMailsWithoutEnd() {
    for (int i = 0; i < 3; i++) {
      assertThat(forgot("dora").status()).isEqualTo(204);
      assertThat(forgot("nobody").status()).isEqualTo(204);
    }
    assertThat(forgot("dora").status()).isEqualTo(429);
    TestingReply busy = forgot("nobody");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.json().path("detail").asText()).contains("ask an admin");
    for (int i = 0; i < 2; i++) {
      assertThat(forgot("nobody" + i).status()).isEqualTo(204);
    }
    assertThat(forgot("eve").status()).isEqualTo(429);
  }

  @Test
  void letsAnAdminMakeALinkForThoseTheyManage() {
    TestingReply made = admin.post("users/dora/password-link", "{}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Matcher link = LINK.matcher(made.json().path("link").asText());
    assertThat(link.matches()).isTrue();
    assertThat(
            page.post("password-links/" + link.group(2), "{\"password\":\"" + NEW + "\"}").status())
        .isEqualTo(204);
    assertThat(page.post("session", Api.signIn("dora", NEW)).status()).isEqualTo(201);
    api.account("olga", Role.OWNER);
    assertThat(admin.post("users/olga/password-link", "{}").status()).isEqualTo(403);
    assertThat(admin.post("users/adam/password-link", "{}").status()).isEqualTo(403);
    assertThat(admin.post("users/nobody/password-link", "{}").status()).isEqualTo(404);
    assertThat(admin.post("users/dora/password-link", "{\"hours\":9}").status()).isEqualTo(400);
    Api stranger = Api.of(server, "other", "otto", Role.OWNER);
    assertThat(stranger.post("users/dora/password-link", "{}").status()).isEqualTo(404);
  }

  @Test
  void letsNoTokenAloneSendTheLinkElsewhere() {
    String token = server.token(server.user("dora"), TokenLimits.NONE);
    TestingReply refused = profile(token, "{\"email\":\"eve@example.test\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).contains("in the web app");
    assertThat(profile(token, "{\"email\":\"dora@example.test\",\"github\":\"dora\"}").status())
        .isEqualTo(200);
    assertThat(server.user("dora").email()).isEqualTo("dora@example.test");
  }

  private TestingReply profile(String token, String json) {
    return server.send(
        token, "POST", "/r/default/-/npm/v1/user", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void opensByNoInventedSecret() {
    for (String secret : List.of("x", "a".repeat(40), "%00", "x'--")) {
      assertThat(api.get("password-links/" + secret).status()).isBetween(400, 404);
      assertThat(api.get("invited/" + secret).status()).isBetween(400, 404);
    }
  }
}
