package dev.gatehouse.notify.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.db.Vault;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.hook.Delivery.State;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingRequest;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.wire.Courier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told reaches a real receiver, or is tried again, and never goes where it must not.
@OnBothDatabases
final class DispatchTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final Duration LONG = Duration.ofDays(2);

  @AutoClose private final TestingDatabase databases;
  @AutoClose private final TestingUpstream receiver = TestingUpstream.start();

  @AutoClose
  private final Courier courier = new Courier(List.of("127.0.0.1"), Duration.ofMinutes(1));

  private final TestingClock clock = new TestingClock();
  private final Database database;
  private final Workspace workspace;
  @TempDir private Path directory;
  private Webhooks webhooks;

  DispatchTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
    workspace = new Registries(database, clock).workspace(OPERATOR, "default");
  }

  @BeforeEach
  void open() {
    webhooks = webhooks();
    receiver.at("/hook");
  }

  private Webhooks webhooks() {
    return new Webhooks(
        database, Vault.open(directory.resolve("credentials.key")), new Trail(clock));
  }

  private Webhooks.Added add(String name, URI url, Choice choice) {
    return webhooks.add(OPERATOR, workspace, new Webhooks.Wanted(name, url, Form.JSON, choice));
  }

  private Webhooks.Added add() {
    return add("ci", receiver.url("/hook"), Choice.ALL);
  }

  private static Event published(long registry, String version) {
    return new Event.Published(
        new Place(registry, "team", version), "a", "user:ada", List.of("latest"), false);
  }

  private void tell(Event event) {
    database.write(handle -> {
      Outbox.tell(handle, workspace.id(), event, clock.instant());
      return event;
    });
  }

  /// As a server does that has just started.
  private int drain(Courier by) {
    Jobs jobs = new Jobs(database, clock);
    jobs.handle(Dispatch.KIND, new Dispatch(database, webhooks, by, new Trail(clock)));
    return jobs.drain();
  }

  private int drain() {
    return drain(courier);
  }

  private List<Delivery> log() {
    return new Deliveries(database, new Trail(clock)).list(webhooks.require(workspace, "ci"));
  }

  private Delivery only() {
    assertThat(log()).hasSize(1);
    return log().getFirst();
  }

  private int jobs() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM job").mapTo(Integer.class).one());
  }

  private void fill(long webhook, String state, int count) {
    database.write(handle -> {
      try (PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO webhook_delivery (webhook_id, message, event, body, state, attempts,
                created, changed)
              VALUES (?, 'msg', 'issue.opened', '{}', ?, 1, 0, 0)
              """)) {
        for (int i = 0; i < count; i++) {
          batch.add(webhook, state);
        }
        batch.execute();
      }
      return webhook;
    });
  }

  private static String signature(String secret, TestingRequest request)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        request.header("webhook-id")
            + "."
            + request.header("webhook-timestamp")
            + "."
            + request.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void signsWhatItSendsByTheSecretThatWasShownOnce() throws Exception {
    Webhooks.Added added = add();
    tell(published(1, "1.0.0"));
    assertThat(drain()).isEqualTo(1);
    TestingRequest request = receiver.requests("/hook").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("webhook-signature")).isEqualTo(signature(added.secret(), request));
    assertThat(request.header("webhook-timestamp"))
        .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
    assertThat(request.header("webhook-id")).isEqualTo(only().message());
    assertThat(request.body())
        .isEqualTo(
            """
            {"id":"%s","type":"version.published","timestamp":"2026-11-22T12:00:00Z",\
            "workspace":"default","data":{"registry":"team","package":"a","version":"1.0.0",\
            "tags":["latest"],"by":"user:ada","replaced":false}}\
            """
                .formatted(only().message()));
    assertThat(only().state()).isEqualTo(State.DELIVERED);
    assertThat(jobs()).isZero();
  }

  @Test
  void triesAgainUntilTheReceiverTakesItUnderTheSameId() {
    add();
    receiver.next("/hook").status(500).body("out of order");
    tell(published(1, "1.0.0"));
    drain();
    assertThat(only().state()).isEqualTo(State.WAITING);
    assertThat(only().status()).isEqualTo(500);
    assertThat(only().answer()).isEqualTo("out of order");
    assertThat(drain()).isZero();
    clock.advance(Duration.ofSeconds(5));
    drain();
    assertThat(only().state()).isEqualTo(State.DELIVERED);
    assertThat(only().attempts()).isEqualTo(2);
    List<TestingRequest> requests = receiver.requests("/hook");
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).header("webhook-id"))
        .isEqualTo(requests.get(1).header("webhook-id"));
    assertThat(requests.get(0).header("webhook-timestamp"))
        .isNotEqualTo(requests.get(1).header("webhook-timestamp"));
  }

  @Test
  void givesUpAfterEightAttemptsAndLeavesNoJob() {
    add();
    receiver.at("/hook").status(503);
    tell(published(1, "1.0.0"));
    for (int i = 0; i < Dispatch.ATTEMPTS; i++) {
      assertThat(only().state()).isEqualTo(State.WAITING);
      assertThat(drain()).isEqualTo(1);
      clock.advance(LONG);
    }
    assertThat(only().state()).isEqualTo(State.FAILED);
    assertThat(drain()).isZero();
    assertThat(jobs()).isZero();
    assertThat(receiver.requests("/hook")).hasSize(Dispatch.ATTEMPTS);
  }

  @Test
  void tellsNothingMoreToWhoSaysThatTheyAreGone() {
    add();
    receiver.at("/hook").status(410);
    tell(published(1, "1.0.0"));
    tell(published(1, "1.0.1"));
    drain();
    assertThat(log()).extracting(Delivery::state).containsOnly(State.FAILED);
    assertThat(receiver.requests("/hook")).hasSize(1);
    assertThat(webhooks.require(workspace, "ci").active()).isFalse();
    assertThat(webhooks.isHeard(workspace.id())).isFalse();
    clock.advance(LONG);
    assertThat(drain()).isZero();
    tell(published(1, "1.0.2"));
    assertThat(log()).hasSize(2);

    receiver.at("/hook").status(200);
    webhooks.test(OPERATOR, workspace, "ci");
    drain();
    assertThat(log().getFirst().state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void triesAgainWhereNobodyListens() {
    URI nowhere;
    try (TestingUpstream gone = TestingUpstream.start()) {
      nowhere = gone.url("/hook");
    }
    add("ci", nowhere, Choice.ALL);
    tell(published(1, "1.0.0"));
    drain();
    assertThat(only().state()).isEqualTo(State.WAITING);
    assertThat(only().status()).isNull();
    assertThat(only().answer()).contains("takes no connections").doesNotContain("/hook");
    clock.advance(Duration.ofSeconds(5));
    assertThat(drain()).isEqualTo(1);
  }

  @Test
  void leavesASilentReceiverAloneForAWhileSoThatOthersNeedNotWait() throws Exception {
    add();
    receiver.at("/hook").neverAnswer();
    tell(published(1, "1.0.0"));
    tell(published(1, "1.0.1"));
    try (var impatient = new Courier(List.of("127.0.0.1"), Duration.ofMillis(300))) {
      assertThat(drain(impatient)).isEqualTo(2);
    }
    assertThat(receiver.requests("/hook").size()).isLessThan(2);
    assertThat(log().get(1).answer()).contains("in time");
    assertThat(log().get(0).answer()).isEqualTo("Not sent: it was silent a moment ago.");
    assertThat(log()).extracting(Delivery::state).containsOnly(State.WAITING);
    receiver.at("/hook").status(204);
    clock.advance(Dispatch.REST);
    drain();
    assertThat(log()).extracting(Delivery::state).containsOnly(State.DELIVERED);
  }

  @Test
  void followsNoRedirect() {
    add();
    receiver.at("/hook").redirect(receiver.url("/inside"));
    tell(published(1, "1.0.0"));
    drain();
    assertThat(only().status()).isEqualTo(302);
    assertThat(only().state()).isEqualTo(State.WAITING);
    assertThat(receiver.requests("/inside")).isEmpty();
  }

  @Test
  void reachesNoPrivateAddressThatTheOperatorHasNotAllowed() throws Exception {
    String port = ":" + receiver.port() + "/hook";
    List<String> hosts = List.of("127.0.0.1", "localhost", "[::1]", "2130706433");
    for (String host : hosts) {
      add("n" + hosts.indexOf(host), Target.url("http://" + host + port), Choice.ALL);
    }
    tell(published(1, "1.0.0"));
    try (var guarded = new Courier(List.of("localhost:1"), Duration.ofMinutes(1))) {
      assertThat(drain(guarded)).isEqualTo(hosts.size());
    }
    assertThat(receiver.requests()).isEmpty();
    Webhook first = webhooks.require(workspace, "n0");
    assertThat(new Deliveries(database, new Trail(clock)).list(first).getFirst().answer())
        .contains("private network", "webhooks.private-hosts");
  }

  @Test
  void readsOnlyTheBeginningOfAnAnswer() {
    add();
    receiver.at("/hook").body("x".repeat(5_000)).drip();
    tell(published(1, "1.0.0"));
    drain();
    assertThat(only().state()).isEqualTo(State.DELIVERED);
    assertThat(only().answer()).isEqualTo("x".repeat(200));
  }

  @Test
  void tellsNothingOfWhatWasRolledBack() {
    add();
    assertThatThrownBy(() ->
            database.write(handle -> {
              Outbox.tell(handle, workspace.id(), published(1, "1.0.0"), clock.instant());
              throw new IllegalStateException("rolled back");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(drain()).isZero();
    assertThat(log()).isEmpty();
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void losesNothingWhenTheServerEndsBetweenAnEventAndItsDelivery() {
    add();
    tell(published(1, "1.0.0"));
    webhooks = webhooks();
    assertThat(webhooks.isHeard(workspace.id())).isTrue();
    assertThat(drain()).isEqualTo(1);
    assertThat(drain()).isZero();
    assertThat(receiver.requests("/hook")).hasSize(1);
  }

  @Test
  void forgetsAllButTheNewestDeliveries() {
    fill(add().webhook().id(), "delivered", Deliveries.KEPT + 5);
    tell(published(1, "1.0.0"));
    drain();
    assertThat(log()).hasSize(Deliveries.KEPT);
    assertThat(log().getFirst().body()).contains("1.0.0");
  }

  @Test
  void keepsNoMoreForAReceiverThatTakesNothingThanTheDiskCanBear() {
    fill(add().webhook().id(), "waiting", Outbox.MOST_WAITING);
    tell(published(1, "1.0.0"));
    assertThat(jobs()).isZero();
  }

  @Test
  void keepsAddressAndSecretOutOfTheDatabaseAndTheTrail() {
    Webhooks.Added added = add("ci", URI.create("https://chat.example.com/T/b0b"), Choice.ALL);
    String rows =
        database.read(handle ->
            handle.createQuery("SELECT * FROM webhook").mapToMap().list().toString()
                + handle.createQuery("SELECT * FROM audit").mapToMap().list());
    assertThat(rows)
        .contains("https://chat.example.com")
        .doesNotContain("b0b")
        .doesNotContain(added.secret());
    assertThat(added.toString()).doesNotContain(added.secret());
  }

  @Test
  void tellsNobodyOfRegistriesOrEventsThatAreNotTheirs() {
    add("ci", receiver.url("/hook"), new Choice(Set.of(EventType.ISSUE_OPENED), Set.of(7L)));
    tell(published(7, "1.0.0"));
    var subject =
        new Event.Subject(1, "malware", "critical", "pad", "MAL-1", "Malware in pad", null);
    var here = new Place(7, "team", "1.0.0");
    var elsewhere = new Place(8, "secret", "2.0.0");
    tell(new Event.IssueOpened(subject, List.of(elsewhere), false));
    assertThat(log()).isEmpty();
    tell(new Event.IssueOpened(subject, List.of(elsewhere, here), false));
    assertThat(only().body())
        .contains("\"places\":[{\"registry\":\"team\",\"version\":\"1.0.0\"}],\"more\":0")
        .doesNotContain("secret");
  }

  @Test
  void sendsOnceMoreWhatPeopleAskForAndNothingOfOtherWebhooks() {
    add();
    add("other", receiver.url("/other"), Choice.ALL);
    tell(published(1, "1.0.0"));
    drain();
    Delivery first = only();
    var deliveries = new Deliveries(database, new Trail(clock));
    deliveries.redeliver(OPERATOR, webhooks.require(workspace, "ci"), first.id());
    drain();
    assertThat(log()).extracting(Delivery::message).containsOnly(first.message());
    assertThat(receiver.requests("/hook")).hasSize(2);
    assertThat(receiver.requests("/hook").get(1).body())
        .isEqualTo(receiver.requests("/hook").get(0).body());
    assertThatThrownBy(
            () -> deliveries.redeliver(OPERATOR, webhooks.require(workspace, "other"), first.id()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void dropsWhatWasMeantForAWebhookThatIsGone() {
    add();
    tell(published(1, "1.0.0"));
    webhooks.remove(OPERATOR, workspace, "ci");
    drain();
    assertThat(jobs()).isZero();
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void refusesAddressesThatAreNone() {
    for (String bad :
        List.of(
            "ftp://a/",
            "https://",
            "https://u:p@a/",
            "https://a/#x",
            "javascript:1",
            "x y",
            "http://0x7f.1/")) {
      assertThatThrownBy(() -> Target.url(bad))
          .as(bad)
          .isInstanceOf(ProblemException.class)
          .hasMessageNotContaining("u:p");
    }
  }
}
