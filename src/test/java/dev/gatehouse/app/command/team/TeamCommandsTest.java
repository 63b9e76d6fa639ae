package dev.gatehouse.app.command.team;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Database;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeamCommandsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private final TestingOperator operator = new TestingOperator();

  TeamCommandsTest() throws IOException {}

  @BeforeEach
  void people() {
    done("user", "add", "ada", "--role", "owner");
    done("user", "add", "grace", "--role", "read-only");
  }

  private String done(String... words) {
    Outcome outcome = operator.run("", words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private void refused(String sentence, String... words) {
    assertThat(operator.run("", words)).isEqualTo(new Outcome(1, "", sentence + "\n"));
  }

  private JsonNode json(String... words) throws IOException {
    return JSON.readTree(done(words));
  }

  private List<String> audited() {
    try (Database database = operator.open("server")) {
      return database.read(handle ->
          handle
              .createQuery(
                  "SELECT action || ' ' || subject FROM audit WHERE actor = 'operator' ORDER BY id")
              .mapTo(String.class)
              .list());
    }
  }

  @Test
  void makesTeamsBringsPeopleInAndOut() throws IOException {
    assertThat(done("team", "create", "web", "--description", "The shop"))
        .isEqualTo("Created the team \"web\". Bring people in by `gatehouse team add web USER`.\n");
    assertThat(done("team", "add", "web", "grace", "ada")).isEqualTo("In \"web\": ada, grace.\n");
    assertThat(done("team", "remove", "web", "ada")).isEqualTo("In \"web\": grace.\n");
    assertThat(json("team", "list", "--json"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name":"web","description":"The shop","members":["grace"]}]
                """));
    assertThat(done("team", "list"))
        .isEqualTo(
            """
            NAME  MEMBERS  DESCRIPTION
            web   grace    The shop
            """);
    assertThat(done("team", "remove", "web", "grace")).isEqualTo("Nobody is in \"web\" now.\n");
    assertThat(done("team", "delete", "web")).isEqualTo("Deleted the team \"web\".\n");
    assertThat(audited())
        .contains(
            "team.create web",
            "team.add web/grace",
            "team.add web/ada",
            "team.remove web/ada",
            "team.delete web");
  }

  @Test
  void changesNoTeamIfOneOfThePeopleIsNotThere() throws IOException {
    done("team", "create", "web");
    refused("There is no user \"eve\" in this workspace.", "team", "add", "web", "grace", "eve");
    assertThat(json("team", "list", "--json").get(0).path("members")).isEmpty();
    refused("There is no team \"no\" in this workspace.", "team", "add", "no", "grace");
    refused("There is no team \"no\" in this workspace.", "team", "delete", "no");
    refused("There is a team \"web\" already: choose another name.", "team", "create", "web");
    assertThat(operator.run("", "team", "add", "web").code()).isEqualTo(2);
    assertThat(operator.run("", "team").code()).isEqualTo(2);
  }

  @Test
  void makesRolesThatPeopleAreGiven() throws IOException {
    assertThat(done("role", "create", "reviewer", "decide", "--description", "Looks at them"))
        .isEqualTo("Created the role \"reviewer\": read, decide.\n");
    assertThat(done("user", "add", "eve", "--role", "reviewer"))
        .isEqualTo("Added reviewer \"eve\".\n");
    assertThat(done("user", "role", "grace", "reviewer")).isEqualTo("\"grace\" is reviewer now.\n");
    assertThat(json("user", "list", "--json").findValuesAsText("role"))
        .containsExactly("owner", "reviewer", "reviewer");
    refused(
        "The role \"reviewer\" is that of eve, grace: give them another one first.",
        "role",
        "delete",
        "reviewer");
    assertThat(done("role", "change", "reviewer", "publish", "--name", "maker"))
        .isEqualTo("The role \"maker\" may read, publish now.\n");
    JsonNode made = json("role", "list", "--json").get(4);
    assertThat(made)
        .isEqualTo(
            JSON.readTree(
                """
                {"name":"maker","description":"Looks at them","builtIn":false,
                 "rights":["read","publish"]}
                """));
    done("user", "role", "grace", "read-only");
    done("user", "role", "eve", "developer");
    assertThat(done("role", "delete", "maker")).isEqualTo("Deleted the role \"maker\".\n");
    assertThat(audited())
        .contains("role.create reviewer", "role.change maker", "role.delete maker");
  }

  @Test
  void refusesRolesThatCannotBe() {
    refused(
        "Owners alone manage owners: make somebody an owner for that.",
        "role",
        "create",
        "king",
        "manage-owners");
    assertThat(operator.run("", "role", "create", "king", "rule").err())
        .startsWith("\"rule\" is no right: use read, ");
    refused("\"owner\" is built in: choose another name.", "role", "create", "owner");
    refused("\"owner\" is built in, and stays as it is.", "role", "delete", "owner");
    refused("There is no role \"no\" in this workspace.", "role", "delete", "no");
    done("role", "create", "king");
    refused("Name what to change: rights, --name or --description.", "role", "change", "king");
    refused(
        "\"jester\" is no role: use one of owner, admin, developer, read-only, king.",
        "user",
        "role",
        "grace",
        "jester");
  }

  @Test
  void givesAndTakesPermissionsInARegistry() throws IOException {
    done("team", "create", "web");
    assertThat(done("registry", "grant", "default", "--team", "web", "read", "publish"))
        .isEqualTo("The team \"web\" has in \"default\" now: read, publish.\n");
    assertThat(done("registry", "grant", "default", "--user", "grace", "approve"))
        .isEqualTo("\"grace\" has in \"default\" now: approve.\n");
    assertThat(json("registry", "rights", "default", "--json"))
        .isEqualTo(
            JSON.readTree(
                """
                {"audience":"roles","given":[
                  {"kind":"team","name":"web","permissions":["read","publish"]},
                  {"kind":"user","name":"grace","permissions":["approve"]}]}
                """));
    assertThat(done("registry", "rights", "default"))
        .isEqualTo(
            """
            WHO   NAME   PERMISSIONS
            team  web    read, publish
            user  grace  approve
            """);
    assertThat(done("registry", "revoke", "default", "--team", "web", "publish"))
        .isEqualTo("The team \"web\" has in \"default\" now: read.\n");
    assertThat(done("registry", "revoke", "default", "--user", "grace"))
        .isEqualTo("\"grace\" has no permission of its own in \"default\" now.\n");
    assertThat(audited()).contains("registry.rights default");
  }

  @Test
  void refusesPermissionsThatAreNoneOfNobodyOrNowhere() {
    refused(
        "\"rule\" is no permission: use read, publish, approve or administer.",
        "registry",
        "grant",
        "default",
        "--user",
        "grace",
        "rule");
    refused(
        "Name what to give: read, publish, approve or administer.",
        "registry",
        "grant",
        "default",
        "--user",
        "grace");
    refused(
        "There is no team \"no\" in this workspace.",
        "registry",
        "grant",
        "default",
        "--team",
        "no",
        "read");
    refused(
        "There is no user \"no\" in this workspace.",
        "registry",
        "revoke",
        "default",
        "--user",
        "no");
    assertThat(operator.run("", "registry", "grant", "default", "read").code()).isEqualTo(2);
    assertThat(
            operator
                .run("", "registry", "grant", "default", "--user", "grace", "--team", "w", "read")
                .code())
        .isEqualTo(2);
    assertThat(operator.run("", "registry", "grant", "no", "--user", "grace", "read").code())
        .isEqualTo(1);
  }

  @Test
  void clonesARegistryWithWhoMayDoWhat() throws IOException {
    done("registry", "grant", "default", "--user", "grace", "publish");
    done("policy", "set", "default", "delay", "enforce", "age=3d");
    assertThat(done("registry", "clone", "default", "second"))
        .isEqualTo("Created \"second\", set up as \"default\". It answers below /r/second/.\n");
    assertThat(json("registry", "rights", "second", "--json").toString())
        .contains("grace", "publish");
    assertThat(done("policy", "show", "second", "delay")).contains("3d");
    assertThat(audited()).contains("registry.clone default second");
    assertThat(operator.run("", "registry", "clone", "default", "second").code()).isEqualTo(1);
    assertThat(operator.run("", "registry", "clone", "no", "third").code()).isEqualTo(1);
  }

  @Test
  void everyVerbExplainsItself() {
    for (String words :
        List.of(
            "team create",
            "team list",
            "team delete",
            "team add",
            "team remove",
            "role create",
            "role list",
            "role change",
            "role delete",
            "registry clone",
            "registry grant",
            "registry revoke",
            "registry rights")) {
      Outcome help = operator.run("", (words + " --help").split(" "));
      assertThat(help.code()).isZero();
      assertThat(help.out())
          .as(words)
          .contains("Usage: gatehouse " + words, "./gatehouse " + words);
    }
    assertThat(operator.run("", "--help").out()).contains("  team ", "  role ");
  }
}
