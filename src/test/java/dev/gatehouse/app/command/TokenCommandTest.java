package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.Access;
import dev.gatehouse.access.Authentication;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenCommandTest {
  /// Nothing is sealed here.
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private final TestingOperator operator = new TestingOperator();

  TokenCommandTest() throws IOException {}

  @BeforeEach
  void addAda() {
    operator.run("", "user", "add", "ada", "--role", "owner");
  }

  @Test
  void printsTheTokenAlone() {
    Outcome created = create();

    assertThat(created.out()).matches("gh_[0-9A-Za-z]{36}\n");
    assertThat(created.err()).isEmpty();
    assertThat(created.code()).isZero();
  }

  @Test
  void createsATokenWithEveryLimit() throws IOException {
    String text =
        create(
                "--name",
                "ci",
                "--read-only",
                "--registry",
                "default",
                "--expires",
                "30d",
                "--package",
                "@acme/*",
                "--package",
                "left-pad",
                "--cidr",
                "10.0.0.0/8",
                "--cidr",
                "192.0.2.7")
            .out();

    JsonNode token = list().get(0);
    assertThat(token.get("token").asText()).isEqualTo(text.substring(0, 7) + "…");
    assertThat(token.get("user").asText()).isEqualTo("ada");
    assertThat(token.get("name").asText()).isEqualTo("ci");
    assertThat(token.get("readOnly").asBoolean()).isTrue();
    assertThat(token.get("registries")).isEqualTo(JSON.readTree("[\"default\"]"));
    assertThat(token.get("packages")).isEqualTo(JSON.readTree("[\"@acme/*\",\"left-pad\"]"));
    assertThat(token.get("cidrs")).isEqualTo(JSON.readTree("[\"10.0.0.0/8\",\"192.0.2.7/32\"]"));
    assertThat(token.get("expires").asText()).isEqualTo("2026-12-22T12:00:00Z");
    assertThat(token.get("lastUsed").isNull()).isTrue();
  }

  @Test
  void takesAnExpiryInHoursWeeksOrAsADay() throws IOException {
    create("--expires", "12h");
    create("--expires", "2w");
    create("--expires", "2027-01-31");
    create();

    assertThat(list().valueStream().map(token -> token.get("expires").asText()))
        .containsExactly(
            "2026-11-23T00:00:00Z", "2026-12-06T12:00:00Z", "2027-01-31T00:00:00Z", "null");
  }

  @Test
  void listsTheTokensOfOneUserForPeople() throws IOException {
    operator.run("", "user", "add", "grace", "--role", "developer");
    create("--name", "mine", "--read-only", "--registry", "default");
    assertThat(operator.run("", "token", "list", "--user", "grace").out())
        .isEqualTo("KEY  TOKEN  USER  NAME  LIMITS  EXPIRES  LAST USED\n");

    JsonNode token = list().get(0);
    assertThat(operator.run("", "token", "list", "--user", "ada").out())
        .endsWith(
            "%s  %s  ada   mine  read-only default  never    never\n"
                .formatted(token.get("key").asText(), token.get("token").asText()));
  }

  @Test
  void revokesByTheKeyThatTheListShows() throws IOException {
    String text = create().out().strip();
    JsonNode token = list().get(0);

    assertThat(operator.run("", "token", "revoke", token.get("key").asText()).out())
        .isEqualTo("Revoked a token of \"ada\": " + text.substring(0, 7) + "…\n");
    assertThat(list()).isEmpty();
    refuses(
        "There is no such token: it is revoked already, or its key is another.",
        operator.run("", "token", "revoke", token.get("key").asText()));
  }

  @Test
  void aRunningServerKnowsSoon() throws IOException {
    try (Database database = operator.open("server");
        var changes = new Changes(database);
        var access = new Access(database, changes, operator.clock, operator.vault())) {
      String header = "Bearer " + create().out().strip();
      soon(access, header, Authentication.Granted.class);

      operator.run("", "token", "revoke", list().get(0).get("key").asText());
      soon(access, header, Authentication.Refused.class);
    }
  }

  @Test
  void refusesWithASentence() {
    refuses(
        "There is no user \"eve\" in this workspace.",
        operator.run("", "token", "create", "--user", "eve"));
    refuses(
        "There is no registry \"other\" in the workspace \"default\".",
        create("--registry", "other"));
    refuses(
        "\"10.0.0.0/99\" is no range of addresses: write it as 10.1.0.0/16 or 2001:db8::/32.",
        create("--cidr", "10.0.0.0/99"));
    refuses(
        "\"soon\" is no expiry: write 12h, 30d, 8w or a day such as 2027-01-31.",
        create("--expires", "soon"));
    refuses(
        "The token would be expired from the start: choose a later day.",
        create("--expires", "2026-11-22"));
    assertThat(operator.run("", "token", "create").code()).isEqualTo(2);
    assertThat(operator.run("", "token").code()).isEqualTo(2);
  }

  private Outcome create(String... options) {
    List<String> arguments = new ArrayList<>(List.of("token", "create", "--user", "ada"));
    arguments.addAll(List.of(options));
    return operator.run("", arguments.toArray(String[]::new));
  }

  private JsonNode list() throws IOException {
    return JSON.readTree(operator.run("", "token", "list", "--json").out());
  }

  private static void soon(Access access, String header, Class<? extends Authentication> wanted) {
    InetAddress here = InetAddress.ofLiteral("192.0.2.1");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!wanted.isInstance(access.authenticator().authenticate(header, here))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void refuses(String sentence, Outcome outcome) {
    assertThat(outcome).isEqualTo(new Outcome(1, "", sentence + "\n"));
  }
}
