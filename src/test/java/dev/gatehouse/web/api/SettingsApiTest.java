package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `settings`.
@OnBothDatabases
final class SettingsApiTest {
  private final GreenMail mails = mails();
  @AutoClose private final TestingServer server;
  @AutoClose private final TestingServer plain;
  private final Api api;
  private final Api adam;
  private final Dialect dialect;

  SettingsApiTest(Dialect dialect) {
    this.dialect = dialect;
    server = TestingServer.start(dialect, Clock.systemUTC(), settings());
    plain = TestingServer.start(dialect);
    api = Api.of(server);
    adam = api.token("adam", Role.ADMIN);
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
        "advisories.feeds", "team full https://reader:hush@feeds.example.test/all.zip?key=hush",
        "downloads.keep", "30d",
        "server.base-url", "http://npm.example.test/");
  }

  @AfterEach
  void stop() {
    mails.stop();
  }

  @Test
  void showsWhatIsConfigured() {
    JsonNode shown = adam.get("settings").json();
    assertThat(shown.path("address").toString())
        .isEqualTo("{\"url\":\"http://npm.example.test\",\"configured\":true,\"own\":null}");
    assertThat(shown.path("mail").toString())
        .isEqualTo("{\"configured\":true,\"from\":\"gatehouse@example.test\",\"links\":true}");
    assertThat(shown.at("/kept/0/days").asInt()).isEqualTo(30);
    assertThat(shown.at("/kept/0/key").asText()).isEqualTo("downloads.keep, downloads.rows");
    JsonNode feed = shown.at("/feeds/0");
    assertThat(feed.path("name").asText()).isEqualTo("team");
    assertThat(feed.path("trust").asText()).isEqualTo("full");
    assertThat(feed.path("imported").isNull()).isTrue();
    assertThat(shown.toString()).doesNotContain("hush");
  }

  @Test
  void showsWhatIsNot() {
    JsonNode shown = Api.of(plain).token("adam", Role.ADMIN).get("settings").json();
    assertThat(shown.path("address").toString())
        .isEqualTo("{\"url\":\"" + plain.url() + "\",\"configured\":false,\"own\":null}");
    assertThat(shown.path("mail").toString())
        .isEqualTo("{\"configured\":false,\"from\":null,\"links\":false}");
    assertThat(shown.path("feeds")).isEmpty();
  }

  @Test
  void showsTheKeysThatSignAndThoseThatDidAndCountsWebhooks() {
    var own = PackageBuilder.named("own").version("1.0.0").publishDocument();
    assertThat(
            server
                .put(server.token("dora", Role.DEVELOPER), "/r/default/own", own.toString())
                .status())
        .isEqualTo(201);
    server.operate("", "key", "rotate");
    JsonNode shown = adam.get("settings").json();
    assertThat(shown.path("keys")).hasSize(2);
    assertThat(shown.at("/keys/0/keyid").asText()).startsWith("SHA256:");
    assertThat(shown.at("/keys/0/expires").isNull()).isTrue();
    assertThat(shown.at("/keys/1/expires").isNull()).isFalse();
    assertThat(shown.path("webhooks").asInt()).isZero();
  }

  @Test
  void sendsWhoeverAsksAMailAndSaysWhatBecameOfIt() throws MessagingException {
    JsonNode sent = adam.post("settings/mail-test", "{}").json();
    assertThat(sent.path("sent").asBoolean()).as(sent.toString()).isTrue();
    assertThat(sent.path("sentence").asText())
        .isEqualTo("The mail server has taken a mail to adam@example.test.");
    assertThat(mails.getReceivedMessages()).hasSize(1);
    assertThat(mails.getReceivedMessages()[0].getAllRecipients()[0])
        .hasToString("adam@example.test");
    assertThat(server.audited("user:adam")).contains("mail.test adam");
    mails.stop();
    JsonNode failed = adam.post("settings/mail-test", "{}").json();
    assertThat(failed.path("sent").asBoolean()).isFalse();
    assertThat(failed.path("sentence").asText()).contains("takes no mail");
    for (int i = 0; i < 3; i++) {
      assertThat(adam.post("settings/mail-test", "{}").status()).isEqualTo(200);
    }
    assertThat(adam.post("settings/mail-test", "{}").status()).isEqualTo(429);
  }

  @Test
  void fetchesFeedsAtOnceForWhoeverAsksAndSaysWhatBecameOfIt(@TempDir Path directory)
      throws IOException {
    Path zip = new TestingFeed().malware("MAL-1", "odd-acme-pad", "\"1.0.0\"").zip(directory);
    var feeds = Map.of("advisories.feeds", "ours full " + zip);
    try (var fed = TestingServer.start(dialect, Clock.systemUTC(), feeds)) {
      Api admin = Api.of(fed).token("adam", Role.ADMIN);
      assertThat(admin.get("settings").json().at("/feeds/0/imported").isNull()).isTrue();
      assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
      JsonNode shown = fetched(admin);
      assertThat(shown.at("/feeds/0/imported").isTextual()).as(shown.toString()).isTrue();
      assertThat(shown.at("/feeds/0/records").asInt()).isEqualTo(1);
      assertThat(fed.audited("user:adam")).contains("feed.fetch *");
      Files.delete(zip);
      assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
      assertThat(fetched(admin).at("/feeds/0/records").asInt()).isEqualTo(1);
      for (int i = 0; i < 4; i++) {
        assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
        fetched(admin);
      }
      assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(429);
      assertThat(admin.post("settings/feeds/fetch", "{\"x\":1}").status()).isEqualTo(400);
    }
    TestingReply none = Api.of(plain).token("adam", Role.ADMIN).post("settings/feeds/fetch", "{}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.json().path("detail").asText()).contains("advisories.feeds");
    assertThat(api.token("dora", Role.DEVELOPER).post("settings/feeds/fetch", "{}").status())
        .isEqualTo(403);
  }

  @Test
  void givesEachWorkspaceItsShareOfFetchingFeeds(@TempDir Path directory) throws IOException {
    Path zip = new TestingFeed().malware("MAL-1", "odd-acme-pad", "\"1.0.0\"").zip(directory);
    var feeds = Map.of("advisories.feeds", "ours full " + zip);
    var clock = new TestingClock();
    try (var fed = TestingServer.start(dialect, clock, feeds)) {
      Api admin = Api.of(fed).token("adam", Role.ADMIN);
      Api other = Api.of(fed, "other", "olga", Role.ADMIN);
      for (int i = 0; i < 6; i++) {
        assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
        fetched(admin);
      }
      assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(429);
      assertThat(other.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
      assertThat(fed.audited("user:olga")).as("it was done a moment ago").isEmpty();
      clock.advance(Duration.ofMinutes(1));
      for (int i = 0; i < 6; i++) {
        assertThat(other.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
        fetched(other);
      }
      assertThat(fed.audited("user:olga")).filteredOn("feed.fetch *"::equals).hasSize(6);
      assertThat(other.post("settings/feeds/fetch", "{}").status()).isEqualTo(429);
      clock.advance(Duration.ofHours(1));
      assertThat(admin.post("settings/feeds/fetch", "{}").status()).isEqualTo(202);
      fetched(admin);
    }
  }

  /// The settings once nothing is fetched any more.
  private static JsonNode fetched(Api admin) {
    JsonNode shown = admin.get("settings").json();
    while (shown.path("fetching").asBoolean()) {
      Thread.onSpinWait();
      shown = admin.get("settings").json();
    }
    return shown;
  }

  @Test
  void saysWhatIsMissingForAMail() {
    Api nobody = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(nobody.post("settings/mail-test", "{}").json().path("detail").asText())
        .contains("no mail address");
    Api none = Api.of(plain).token("adam", Role.ADMIN);
    assertThat(none.post("settings/mail-test", "{}").json().path("detail").asText())
        .contains("mail.host");
  }

  @Test
  void isForThoseWhoManageTheWorkspace() {
    Api dora = api.token("dora", Role.DEVELOPER);
    assertThat(dora.get("settings").status()).isEqualTo(403);
    assertThat(dora.post("settings/mail-test", "{}").status()).isEqualTo(403);
    assertThat(api.get("settings").status()).isEqualTo(401);
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("adam"), limits));
    assertThat(limited.get("settings").status()).isEqualTo(403);
    assertThat(adam.post("settings/mail-test", "{\"to\":\"x@example.test\"}").status())
        .isEqualTo(400);
  }
}
