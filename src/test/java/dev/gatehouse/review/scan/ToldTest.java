package dev.gatehouse.review.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.hook.Choice;
import dev.gatehouse.notify.hook.Delivery;
import dev.gatehouse.notify.hook.Webhook;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingPackument;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens on a server is told to whoever wants to know, with exactly these words.
@OnBothDatabases
final class ToldTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/hook");

  @AutoClose private final Post post;

  ToldTest(Dialect dialect) {
    post = new Post(dialect);
  }

  @BeforeEach
  void listen() {
    add("all", Choice.ALL);
  }

  private void add(String name, Choice choice) {
    hooks().add(OPERATOR, workspace(), new Webhooks.Wanted(name, NOWHERE, Form.JSON, choice));
  }

  private Webhooks hooks() {
    return post.server.services().messaging().webhooks();
  }

  private Workspace workspace() {
    return post.server.registry().workspace();
  }

  /// What was told to that one, the oldest first: the event and its data.
  private List<String> told(String name) {
    Webhook webhook = hooks().require(workspace(), name);
    List<String> lines = new ArrayList<>();
    for (Delivery one : post.server.services().messaging().deliveries().list(webhook).reversed()) {
      JsonNode body = Post.json(one.body());
      assertThat(body.path("type").asText()).isEqualTo(one.event());
      assertThat(body.path("workspace").asText()).isEqualTo("default");
      lines.add(one.event() + " " + body.path("data"));
    }
    return lines;
  }

  private void publish(String registry, String version) {
    byte[] body = PackageBuilder.named("a").version(version).publishBody();
    assertThat(post.server.put(post.ada, "/r/" + registry + "/a", body).status()).isLessThan(300);
  }

  private void pad() {
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(post.server.upstream());
  }

  @Test
  void aPublishIsTold() {
    publish("default", "1.0.0");
    assertThat(told("all"))
        .containsExactly(
            "version.published {\"registry\":\"default\",\"package\":\"a\",\"version\":\"1.0.0\","
                + "\"tags\":[\"latest\"],\"by\":\"user:ada\",\"replaced\":false}");
  }

  @Test
  void whatChangesNothingAndWhatIsRefusedIsNotTold() {
    publish("default", "1.0.0");
    publish("default", "1.0.0");
    byte[] others = PackageBuilder.named("a").version("1.0.0").file("b.js", "1").publishBody();
    assertThat(post.server.put(post.ada, "/r/default/a", others).status()).isEqualTo(409);
    assertThat(told("all")).hasSize(1);
  }

  @Test
  void aWebhookOfOneRegistryHearsNothingOfAnother() {
    Registry team = post.server.addRegistry("team", Registry.Settings.of(Registry.Kind.STANDARD));
    add("team", new Choice(Set.of(), Set.of(team.id())));
    publish("default", "1.0.0");
    publish("team", "2.0.0");
    assertThat(told("all")).hasSize(2);
    assertThat(told("team")).hasSize(1).first().asString().contains("2.0.0");
    post.server.services().registries().delete(OPERATOR, team);
    publish("default", "3.0.0");
    assertThat(told("team")).hasSize(1);
  }

  @Test
  void aQuarantineByHandIsToldOnceAndItsReleaseIsNot() {
    post.operate("", "quarantine", "add", "default", "pad@1.0.0", "--reason", "It smells");
    post.operate("", "quarantine", "release", "default", "pad@1.0.0", "--reason", "It does not");
    assertThat(told("all"))
        .containsExactly(
            "version.quarantined {\"package\":\"pad\",\"reason\":\"It smells\",\"by\":\"operator\","
                + "\"places\":[{\"registry\":\"default\",\"version\":\"1.0.0\"}],\"more\":0}");
  }

  @Test
  void aWaiverIsToldWhenItIsAskedForAndWhenItIsDecided() {
    String waiver =
        "{\"name\":\"pad\",\"range\":\"1.0.0\",\"policy\":\"delay\",\"reason\":\"Urgent\","
            + "\"until\":\"2027-01-31T00:00:00Z\"}";
    String path = "/api/v1/registries/default/waivers";
    byte[] body = waiver.getBytes(StandardCharsets.UTF_8);
    assertThat(post.server.send(post.ada, "POST", path, body).status()).isEqualTo(201);
    post.operate("", "waiver", "approve", "default", "1");
    String about =
        "{\"id\":1,\"registry\":\"default\",\"package\":\"pad\",\"range\":\"1.0.0\","
            + "\"policy\":\"delay\",\"reason\":\"Urgent\",\"until\":\"2027-01-31T00:00:00Z\",";
    assertThat(told("all"))
        .containsExactly(
            "waiver.asked " + about + "\"by\":\"user:ada\"}",
            "waiver.decided "
                + about
                + "\"askedBy\":\"user:ada\",\"state\":\"approved\",\"by\":\"operator\"}");
  }

  @Test
  void malwareInUseIsToldWithCountsAndWithoutNames() {
    pad();
    post.fetch("default", "pad", "1.1.0");
    post.fetch("default", "pad", "1.1.0");
    post.advise(TestingFeed.malwareRecord("MAL-1", "pad", "\"1.1.0\""));
    String about =
        "{\"number\":1,\"kind\":\"malware\",\"severity\":\"critical\",\"package\":\"pad\","
            + "\"cause\":\"MAL-1\",\"title\":\"Malware in pad\",\"url\":\"https://osv.dev/vulnerability/MAL-1\",";
    String places = "\"places\":[{\"registry\":\"default\",\"version\":\"1.1.0\"}],\"more\":0}";
    assertThat(told("all"))
        .containsExactly(
            "issue.opened " + about + "\"reopened\":false," + places,
            "malware.found "
                + about
                + "\"people\":1,\"addresses\":1,\"downloads\":2,\"first\":\""
                + post.clock.instant()
                + "\","
                + places);
    post.server.services().scanner().look("pad");
    post.settle();
    assertThat(told("all")).hasSize(2);
  }

  @Test
  void whatAPolicyQuarantinesIsToldOnceAndAnIssueThatComesAgainIsToldAgain() {
    pad();
    post.enforce(PolicyName.VULNERABILITIES, Mode.ENFORCE);
    post.fetch("default", "pad", "1.0.0");
    String hole = TestingFeed.vulnerableRecord("GHSA-1", "pad", "1.1.0");
    post.advise(hole);
    assertThat(told("all"))
        .extracting(ToldTest::event)
        .containsExactly("issue.opened", "version.quarantined");
    assertThat(told("all").get(1))
        .contains("\"by\":\"job:scanner\"", "\"version\":\"1.0.0\"}],\"more\":0");
    post.server.services().scanner().look("pad");
    post.settle();
    assertThat(told("all")).hasSize(2);
    post.operate("", "advisories", "remove", "GHSA-1");
    post.advise(hole);
    assertThat(told("all").get(2)).startsWith("issue.opened").contains("\"reopened\":true");
  }

  @Test
  void aSecondCauseForAQuarantineIsNotToldAgain() {
    pad();
    post.enforce(PolicyName.VULNERABILITIES, Mode.ENFORCE);
    post.fetch("default", "pad", "1.0.0");
    post.advise(TestingFeed.vulnerableRecord("GHSA-1", "pad", "1.1.0"));
    post.advise(TestingFeed.vulnerableRecord("GHSA-2", "pad", "1.1.0"));
    assertThat(told("all"))
        .extracting(ToldTest::event)
        .containsExactly("issue.opened", "version.quarantined", "issue.opened");
  }

  private static String event(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  @Test
  void theServerHearsOfWebhooksThatACommandAddsAndRemoves() {
    post.operate("", "webhook", "remove", "all");
    publish("default", "1.0.0");
    assertThat(hooks().isHeard(workspace().id())).isFalse();
    post.operate("", "webhook", "add", "all", NOWHERE.toString(), "--event", "version.published");
    publish("default", "2.0.0");
    assertThat(told("all")).hasSize(1).first().asString().contains("2.0.0");
  }

  @Test
  void theServerHearsOfThoseWhoWantMails() {
    post.operate("", "webhook", "remove", "all");
    assertThat(hooks().isHeard(workspace().id())).isFalse();
    post.operate("", "mail", "on", "ada");
    assertThat(hooks().isHeard(workspace().id())).isTrue();
    publish("default", "1.0.0");
    post.operate("", "mail", "off", "ada");
    assertThat(hooks().isHeard(workspace().id())).isFalse();
  }
}
