package dev.gatehouse.app.command.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WebhookCommandTest {
  @AutoClose private final TestingOperator operator = new TestingOperator();

  WebhookCommandTest() throws IOException {}

  private TestingOperator.Outcome run(String... arguments) {
    return operator.run("", arguments);
  }

  private JsonNode json(String... arguments) throws IOException {
    return new JsonMapper().readTree(run(arguments).out());
  }

  @Test
  void addsOneShowsItsSecretOnceAndNeverItsAddress() throws IOException {
    var added =
        operator.run(
            "https://chat.example.com/T/b0b\n",
            "webhook",
            "add",
            "chat",
            "--form",
            "slack",
            "--event",
            "issue.opened",
            "--registry",
            "default");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).matches("whsec_[A-Za-z0-9+/=]{44}\\R");
    JsonNode row = json("webhook", "list", "--json").path(0);
    assertThat(row.path("origin").asText()).isEqualTo("https://chat.example.com");
    assertThat(row.path("form").asText()).isEqualTo("slack");
    assertThat(row.path("events").toString()).isEqualTo("[\"issue.opened\"]");
    assertThat(row.path("registries").toString()).isEqualTo("[\"default\"]");
    assertThat(run("webhook", "list").out()).contains("chat").doesNotContain("b0b", "whsec_");
  }

  @Test
  void queuesATestAndShowsWhatBecameOfIt() throws IOException {
    run("webhook", "add", "ci", "https://ci.example.com/");
    assertThat(run("webhook", "test", "ci").out()).contains("Delivery 1 is on its way");
    JsonNode row = json("webhook", "deliveries", "ci", "--json").path(0);
    assertThat(row.path("event").asText()).isEqualTo("webhook.test");
    assertThat(row.path("state").asText()).isEqualTo("waiting");
    assertThat(run("webhook", "redeliver", "ci", "1").code()).isZero();
    assertThat(run("webhook", "deliveries", "ci").out()).contains("webhook.test");
    assertThat(run("webhook", "on", "ci").code()).isZero();
    assertThat(run("webhook", "remove", "ci").code()).isZero();
    assertThat(json("webhook", "list", "--json")).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    run("webhook", "add", "ci", "https://ci.example.com/");
    assertThat(run("webhook", "add", "ci", "https://ci.example.com/").err())
        .contains("There is a webhook \"ci\" already");
    assertThat(run("webhook", "add", "No", "https://ci.example.com/").err())
        .contains("small letter");
    assertThat(run("webhook", "add", "x", "gopher://ci.example.com/").err())
        .contains("http:// or https://");
    assertThat(run("webhook", "add", "x", "https://a/", "--event", "all").err())
        .contains("use one of version.published");
    assertThat(run("webhook", "add", "x", "https://a/", "--registry", "none").err())
        .contains("There is no registry \"none\"");
    assertThat(run("webhook", "test", "none").err()).contains("There is no webhook");
    assertThat(run("webhook", "redeliver", "ci", "9").err()).contains("There is no delivery 9");
  }
}
