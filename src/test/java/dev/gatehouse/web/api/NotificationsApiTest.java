package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `notifications` and `me/notifications`.
@OnBothDatabases
final class NotificationsApiTest {
  private static final String WAIVERS = "registries/default/waivers";
  private static final String WANTS = "me/notifications";

  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api adam;
  private final Api dora;

  NotificationsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    adam = api.token("adam", Role.ADMIN);
    dora = api.token("dora", Role.DEVELOPER);
  }

  private void ask(String reason) {
    Instant until = Instant.now().plus(Duration.ofDays(3));
    TestingReply asked =
        dora.post(
            WAIVERS,
            "{\"name\":\"@acme/widget\",\"range\":\"1.x\",\"policy\":\"delay\",\"reason\":\"%s\",\"until\":\"%s\"}"
                .formatted(reason, until));
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
  }

  private void publish(String version) {
    byte[] body = PackageBuilder.named("@acme/widget").version(version).publishBody();
    String token = server.token(server.user("dora"), TokenLimits.NONE);
    assertThat(server.put(token, "/r/default/@acme%2fwidget", body).status()).isEqualTo(201);
  }

  private static List<String> titles(Api as) {
    return as.get("notifications").json().path("items").findValuesAsText("title");
  }

  private static int unread(Api as) {
    return as.get("notifications/unread").json().path("unread").asInt();
  }

  private static String wants(String app, String mail) {
    return "{\"app\":[%s],\"mail\":[%s]}".formatted(app, mail);
  }

  @Test
  void tellsOthersOfWhatWaitsForSomebody() {
    ask("An <b>old</b> demo needs it");
    JsonNode one = adam.get("notifications").json().at("/items/0");
    assertThat(one.path("title").asText()).contains("@acme/widget");
    assertThat(one.path("event").asText()).isEqualTo("waiver.asked");
    assertThat(one.path("facts").toString()).contains("An <b>old</b> demo needs it", "user:dora");
    assertThat(one.path("link").asText())
        .isEqualTo("/registries/default/withheld?package=@acme/widget");
    assertThat(one.path("unread").asBoolean()).isTrue();
    assertThat(unread(adam)).isEqualTo(1);
    // Whoever did it knows.
    assertThat(titles(dora)).isEmpty();
    assertThat(unread(dora)).isZero();
    // Who comes later was not there.
    server.restart();
    assertThat(unread(adam)).isEqualTo(1);
  }

  @Test
  void marksAsReadWhatWasSeenAndNothingNewer() {
    ask("one");
    ask("two");
    JsonNode items = adam.get("notifications").json().path("items");
    long newest = items.path(0).path("id").asLong();
    long oldest = items.path(1).path("id").asLong();
    assertThat(newest).isGreaterThan(oldest);
    assertThat(read(adam, oldest)).isEqualTo(204);
    assertThat(unread(adam)).isEqualTo(1);
    assertThat(adam.get("notifications?unread=true").json().path("items")).hasSize(1);
    assertThat(read(adam, newest)).isEqualTo(204);
    assertThat(read(adam, oldest)).isEqualTo(204);
    assertThat(unread(adam)).isZero();
    ask("three");
    assertThat(unread(adam)).isEqualTo(1);
    assertThat(read(adam, newest + 1_000_000)).isEqualTo(204);
    assertThat(unread(adam)).isEqualTo(1);
    assertThat(adam.post("notifications/read", "{}").status()).isEqualTo(400);
    assertThat(adam.post("notifications/read", "{\"upTo\":\"x\"}").status()).isEqualTo(400);
  }

  @Test
  void marksASingleOneAsReadAndAsUnreadAgain() {
    ask("one");
    ask("two");
    ask("three");
    JsonNode items = adam.get("notifications").json().path("items");
    long newest = items.path(0).path("id").asLong();
    long middle = items.path(1).path("id").asLong();
    assertThat(mark(adam, middle, false)).isEqualTo(204);
    assertThat(mark(adam, middle, false)).isEqualTo(204);
    assertThat(shownUnread(adam)).containsExactly(true, false, true);
    assertThat(unread(adam)).isEqualTo(2);
    assertThat(adam.get("notifications?unread=true").json().path("items")).hasSize(2);
    assertThat(read(adam, newest)).isEqualTo(204);
    assertThat(unread(adam)).isZero();
    assertThat(mark(adam, middle, true)).isEqualTo(204);
    assertThat(shownUnread(adam)).containsExactly(false, true, false);
    assertThat(unread(adam)).isEqualTo(1);
    assertThat(adam.get("notifications?unread=true").json().at("/items/0/id").asLong())
        .isEqualTo(middle);
    assertThat(read(adam, newest)).isEqualTo(204);
    assertThat(unread(adam)).isZero();
    assertThat(mark(adam, newest, true)).isEqualTo(204);
    assertThat(mark(adam, newest, false)).isEqualTo(204);
    assertThat(unread(adam)).isZero();
  }

  @Test
  void marksOnlyWhatOneSees() {
    ask("one");
    long id = adam.get("notifications").json().at("/items/0/id").asLong();
    Api stranger = Api.of(server, "elsewhere", "olga", Role.OWNER);
    assertThat(mark(stranger, id, true)).isEqualTo(404);
    // Whoever did it has no such notification.
    assertThat(mark(dora, id, true)).isEqualTo(404);
    assertThat(mark(adam, id + 1_000_000, true)).isEqualTo(404);
    adam.put(WANTS, wants("", ""));
    assertThat(mark(adam, id, true)).isEqualTo(404);
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api reader = api.with("authorization", "Bearer " + server.token(server.user("adam"), reading));
    assertThat(mark(reader, id, true)).isEqualTo(403);
    String path = "notifications/" + id;
    for (String bad : List.of("{}", "{\"unread\":1}", "{\"unread\":true,\"x\":1}", "[]")) {
      assertThat(adam.patch(path, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(adam.patch("notifications/x", "{\"unread\":true}").status()).isIn(400, 404);
  }

  private static int mark(Api as, long id, boolean unread) {
    return as.patch("notifications/" + id, "{\"unread\":" + unread + "}").status();
  }

  private static List<Boolean> shownUnread(Api as) {
    return as.get("notifications")
        .json()
        .path("items")
        .valueStream()
        .map(one -> one.path("unread").asBoolean())
        .toList();
  }

  private static int read(Api as, long upTo) {
    return as.post("notifications/read", "{\"upTo\":" + upTo + "}").status();
  }

  @Test
  void comesInPages() {
    for (String reason : List.of("one", "two", "three")) {
      ask(reason);
    }
    TestingReply first = adam.get("notifications?limit=2");
    assertThat(first.json().path("items")).hasSize(2);
    ask("four");
    String next = first.json().path("next").asText();
    TestingReply second = adam.get("notifications?limit=2&cursor=" + next);
    assertThat(second.json().path("items")).hasSize(1);
    assertThat(second.json().path("next").isNull()).isTrue();
    for (String bad : List.of("limit=0", "cursor=*", "cursor=" + Page.cursor("x"))) {
      assertThat(adam.get("notifications?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void tellsOfWhatSomebodyWantsToHearOf() {
    publish("1.0.0");
    assertThat(titles(adam)).isEmpty();
    TestingReply set = adam.put(WANTS, wants("\"version.published\"", ""));
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.json().path("app").toString()).isEqualTo("[\"version.published\"]");
    publish("1.1.0");
    ask("not told");
    assertThat(titles(adam)).containsExactly("@acme/widget@1.1.0 was published in default");
    assertThat(adam.get("notifications").json().at("/items/0/link").asText())
        .isEqualTo("/registries/default/package/@acme/widget");
    adam.put(WANTS, wants("", ""));
    assertThat(titles(adam)).isEmpty();
    assertThat(unread(adam)).isZero();
    assertThat(server.audited("user:adam")).containsOnly("notifications.choose adam");
  }

  @Test
  void isToldByMailToo() {
    adam.put(WANTS, wants("", "\"waiver.asked\""));
    assertThat(adam.get(WANTS).json().path("mail").toString()).isEqualTo("[\"waiver.asked\"]");
    server.operate("", "mail", "on", "adam");
    assertThat(adam.get(WANTS).json().path("mail")).hasSize(6);
    adam.put(WANTS, wants("", ""));
    assertThat(server.operate("", "mail", "list")).doesNotContain("adam");
    Api mute = api.session("mute", Role.DEVELOPER);
    assertThat(mute.put(WANTS, wants("", "\"waiver.asked\"")).status()).isEqualTo(409);
    assertThat(mute.get(WANTS).json().path("mailPossible").asBoolean()).isFalse();
    assertThat(mute.put(WANTS, wants("\"issue.opened\"", "")).status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNotThereToChooseAndAStaleEdit() {
    String seen = Objects.requireNonNull(adam.get(WANTS).header("etag"));
    for (String bad :
        List.of(
            "{}",
            "{\"app\":[]}",
            wants("\"nothing\"", ""),
            wants("", "\"webhook.test\""),
            "{\"app\":\"x\",\"mail\":[]}")) {
      assertThat(adam.put(WANTS, bad).status()).as(bad).isEqualTo(400);
    }
    adam.put(WANTS, wants("\"issue.opened\"", ""));
    assertThat(adam.with("if-match", seen).put(WANTS, wants("", "")).status()).isEqualTo(412);
    assertThat(adam.get(WANTS).json().path("app")).hasSize(1);
  }

  @Test
  void isOfOneselfAndOfOnesOwnWorkspace() {
    ask("secret");
    Api stranger = Api.of(server, "elsewhere", "olga", Role.OWNER);
    assertThat(titles(stranger)).isEmpty();
    long id = adam.get("notifications").json().at("/items/0/id").asLong();
    assertThat(read(stranger, id)).isEqualTo(204);
    assertThat(unread(stranger)).isZero();
    assertThat(unread(adam)).isEqualTo(1);
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("adam"), limits));
    assertThat(limited.get("notifications").status()).isEqualTo(403);
    assertThat(limited.put(WANTS, wants("", "")).status()).isEqualTo(403);
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api reader = api.with("authorization", "Bearer " + server.token(server.user("adam"), reading));
    assertThat(reader.get("notifications").status()).isEqualTo(200);
    assertThat(read(reader, id)).isEqualTo(403);
    assertThat(reader.put(WANTS, wants("", "")).status()).isEqualTo(403);
  }
}
