package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.PasswordCheck;
import dev.gatehouse.access.secret.GuessLimit;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class UserCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private final TestingOperator operator = new TestingOperator();

  UserCommandTest() throws IOException {}

  @Test
  void addsAUserWithThePasswordFromStandardInput() {
    Outcome added =
        operator.run(
            "correct horse\n",
            "user",
            "add",
            "ada",
            "--role",
            "owner",
            "--email",
            "ada@example.org",
            "--password-stdin");

    assertThat(added).isEqualTo(new Outcome(0, "Added owner \"ada\".\n", ""));
    try (Database database = operator.open("server")) {
      var check = new PasswordCheck(database, new Passwords(), new GuessLimit(operator.clock));
      Account ada = check.require(1, "ada", "correct horse", InetAddress.ofLiteral("192.0.2.1"));
      assertThat(ada.email()).isEqualTo("ada@example.org");
      assertThat(ada.role().label()).isEqualTo("owner");
    }
  }

  @Test
  void worksWhileAServerRuns() {
    try (Database _ = operator.open("server")) {
      assertThat(add("ada", "owner").code()).isZero();
    }
  }

  @Test
  void listsUsersForPeopleAndForScripts() throws IOException {
    add("ada", "owner");
    add("grace", "read-only");
    operator.run("", "user", "deactivate", "grace");

    assertThat(operator.run("", "user", "list").out())
        .isEqualTo(
            """
            NAME   ROLE       EMAIL  STATE        CREATED
            ada    owner             active       2026-11-22T12:00:00Z
            grace  read-only         deactivated  2026-11-22T12:00:00Z
            """);
    JsonNode json = JSON.readTree(operator.run("", "user", "list", "--json").out());
    assertThat(json).hasSize(2);
    assertThat(json.get(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"name":"grace","role":"read-only","email":"","active":false,
                 "created":"2026-11-22T12:00:00Z"}
                """));
  }

  @Test
  void changesRolePasswordAndState() {
    add("ada", "owner");
    add("grace", "developer");

    assertThat(operator.run("", "user", "role", "grace", "admin").out())
        .isEqualTo("\"grace\" is admin now.\n");
    assertThat(operator.run("battery staple", "user", "password", "grace", "--password-stdin"))
        .isEqualTo(new Outcome(0, "Changed the password of \"grace\".\n", ""));
    assertThat(operator.run("", "user", "deactivate", "grace").out())
        .isEqualTo("Deactivated \"grace\".\n");
    assertThat(operator.run("", "user", "activate", "grace").out())
        .isEqualTo("Activated \"grace\".\n");
    assertThat(operator.run("", "user", "list").out()).contains("grace  admin");
  }

  @Test
  void takesASecondFactorAway() {
    add("ada", "owner");
    refuses(
        "\"ada\" has no second factor.", operator.run("", "user", "reset-second-factor", "ada"));
    try (Database database = operator.open("server")) {
      var _ =
          database.write(handle ->
              handle.execute(
                  "INSERT INTO second_factor (account_id, sealed, created, confirmed, last_step)"
                      + " SELECT id, '', 0, 0, 0 FROM account"));
    }
    assertThat(operator.run("", "user", "reset-second-factor", "ada"))
        .isEqualTo(new Outcome(0, "\"ada\" has no second factor now.\n", ""));
  }

  @Test
  void refusesWithASentence() {
    add("ada", "owner");

    refuses("There is a user \"ada\" already: choose another name.", add("ada", "admin"));
    refuses(
        "\"king\" is no role: use one of owner, admin, developer, read-only.", add("eve", "king"));
    refuses(
        "There is no user \"eve\" in this workspace.",
        operator.run("", "user", "deactivate", "eve"));
    refuses(
        "\"ada\" is the last active owner: make somebody else an owner first.",
        operator.run("", "user", "deactivate", "ada"));
    refuses(
        "The password has 5 characters: use 8 to 256.",
        operator.run("short\n", "user", "password", "ada", "--password-stdin"));
    refuses(
        "Standard input holds no password, or several lines: write it as one line.",
        operator.run("\n", "user", "password", "ada", "--password-stdin"));
    refuses(
        "Standard input holds no password, or several lines: write it as one line.",
        operator.run(
            "correct horse\nbattery staple\n", "user", "password", "ada", "--password-stdin"));
  }

  @Test
  void refusesADirectoryWithoutAServersDataAndMakesNone() {
    Path missing = operator.data.resolve("missing");

    Outcome outcome = operator.run("", "user", "list", "--data", missing.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("There is no server's data in \"" + missing + "\": name");
    assertThat(Files.exists(missing)).isFalse();
  }

  @Test
  void refusesADatabaseOrWorkspaceThatIsNotThere() {
    refuses(
        "The database URL must start with jdbc:sqlite: or jdbc:postgresql:, this one does not.",
        operator.run("", "user", "list", "--database", "mysql://localhost"));
    refuses(
        "The database URL must start with jdbc:sqlite: or jdbc:postgresql:, this one does not.",
        operator.runAt(Map.of("GATEHOUSE_DATABASE", "nonsense"), "", "user", "list"));
    refuses(
        "There is no workspace \"eve\". The first run of `gatehouse serve` makes \"default\".",
        operator.run("", "user", "list", "--workspace", "eve"));
  }

  @Test
  void explainsWhatItCannotUnderstand() {
    Outcome noRole = operator.run("", "user", "add", "ada");
    assertThat(noRole.code()).isEqualTo(2);
    assertThat(noRole.err()).contains("Missing required option: '--role=ROLE'").contains("Usage:");
    assertThat(operator.run("", "user").code()).isEqualTo(2);
    assertThat(operator.run("", "user", "password", "ada").code()).isEqualTo(2);
    assertThat(operator.run("", "user", "add", "--help").out())
        .contains("Usage: gatehouse user add")
        .contains("--password-stdin")
        .contains("owner, admin, developer, read-only, or one of `role list`");
  }

  private Outcome add(String name, String role) {
    return operator.run("", "user", "add", name, "--role", role);
  }

  private static void refuses(String sentence, Outcome outcome) {
    assertThat(outcome).isEqualTo(new Outcome(1, "", sentence + "\n"));
  }
}
