package dev.gatehouse.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.account.SetupLink;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `/setup/{secret}`.
@OnBothDatabases
final class SetupTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PASSWORD = "correct horse";

  @AutoClose private final TestingServer server;
  private final String secret;

  SetupTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    secret = link().issue(new Actor.Operator(), Duration.ofHours(1));
  }

  private SetupLink link() {
    return server.services().access().setupLink();
  }

  private TestingReply post(String name, String password, String again) {
    return post(
        FORM,
        "name=" + encoded(name) + "&password=" + encoded(password) + "&again=" + encoded(again));
  }

  private TestingReply post(String type, String body) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/setup/" + secret))
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void makesTheOwnerWhoThenLogsIn() {
    TestingReply form = server.get(null, "/setup/" + secret + "/");
    assertThat(form.status()).isEqualTo(200);
    assertThat(form.text()).contains("<form method=\"post\">", "<label for=\"password\">");
    TestingReply done = post(" ada ", PASSWORD, PASSWORD);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.text())
        .contains("npm login --registry " + server.url() + "/r/default/")
        .contains("<a href=\"/sign-in?name=ada\">")
        .doesNotContain(PASSWORD);
    assertThat(server.user("ada").role()).isEqualTo(Role.OWNER);
    String body = "{\"name\":\"ada\",\"password\":\"" + PASSWORD + "\"}";
    assertThat(server.put(null, "/r/default/-/user/org.couchdb.user:ada", body).status())
        .isEqualTo(201);
  }

  @Test
  void worksOnce() {
    assertThat(post("ada", PASSWORD, PASSWORD).status()).isEqualTo(200);
    for (TestingReply reply :
        List.of(server.get(null, "/setup/" + secret), post("eve", PASSWORD, PASSWORD))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).contains("does not work", "used already").doesNotContain("<form");
    }
    assertThat(server.services().access().accounts().list(server.user("ada").workspaceId()))
        .hasSize(1);
  }

  @Test
  void showsNoFormForALinkThatIsExpiredOrInvented() {
    String expired = link().issue(new Actor.Operator(), Duration.ZERO);
    for (String path : List.of("/setup/" + expired, "/setup/" + secret, "/setup/guess")) {
      TestingReply reply = server.get(null, path);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).doesNotContain("<form");
    }
  }

  @Test
  void saysWhatIsWrongAndKeepsTheLink() {
    assertThat(post("ada", PASSWORD, "another horse").text()).contains("not the same");
    assertThat(post("ada", "short", "short").text()).contains("5 characters");
    assertThat(post("gatehouse", PASSWORD, PASSWORD).text()).contains("reserved");
    assertThat(post("", PASSWORD, PASSWORD).status()).isEqualTo(400);
    assertThat(post("text/plain", "name=ada").status()).isEqualTo(400);
    assertThat(post(FORM, "name=%zz").status()).isEqualTo(400);
    assertThat(post(FORM, "name=" + "a".repeat(9_000)).status()).isEqualTo(413);
    server.token("bob", Role.DEVELOPER);
    TestingReply taken = post("bob", PASSWORD, PASSWORD);
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text()).contains("value=\"bob\"", "choose another name");
    assertThat(post("ada", PASSWORD, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void escapesWhatWasTyped() {
    TestingReply reply = post("\"><script>alert('x')</script>&", PASSWORD, PASSWORD);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text())
        .doesNotContain("<script")
        .contains("value=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;\"");
  }

  @Test
  void letsABrowserRunAndLoadNothingAndTellNobody() throws Exception {
    for (String path : List.of("/setup/" + secret, "/setup/guess")) {
      TestingReply reply = server.get(null, path);
      String html = reply.text();
      String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      assertThat(Objects.requireNonNull(reply.header("content-security-policy")))
          .isEqualTo(
              "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                  .formatted(Base64.getEncoder().encodeToString(hash)));
      assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
      assertThat(reply.header("cache-control")).isEqualTo("no-store");
      assertThat(html).doesNotContain("<script", "http", "src=", "url(");
    }
  }
}
