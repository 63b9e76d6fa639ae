package dev.gatehouse.app.command.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Database;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegistryCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private final TestingOperator operator = new TestingOperator();

  RegistryCommandTest() throws IOException {}

  @Test
  void createsARegistryWithItsUpstreamsInOrder() {
    Outcome created =
        registry(
            "create",
            "team",
            "--upstream",
            "registry:default",
            "--upstream",
            "https://npm.example.com/x/",
            "--upstream",
            "public",
            "--upstream",
            "https://npm.example.com/y/");

    assertThat(created)
        .isEqualTo(new Outcome(0, "Created \"team\". It answers below /r/team/.\n", ""));
    assertThat(operator.run("", "upstream", "list", "team").out())
        .isEqualTo(
            """
            POSITION  NAME               KIND      TARGET                      SETTINGS
            1         default            here      registry:default
            2         npm.example.com    external  https://npm.example.com/x/
            3         public             public    (not known)
            4         npm.example.com-2  external  https://npm.example.com/y/
            """);
  }

  @Test
  void makesNothingWhenOneUpstreamIsWrong() {
    refuses(
        "There is no registry \"nowhere\" in the workspace \"default\".",
        registry("create", "team", "--upstream", "public", "--upstream", "registry:nowhere"));
    refuses(
        "\"npm.example.com\" is no upstream: write public, registry:NAME for a registry here, or a"
            + " URL such as https://npm.example.com/.",
        registry("create", "team", "--upstream", "npm.example.com"));
    refuses(
        "An upstream's URL is http:// or https://, a host and perhaps a path; a user or password is"
            + " given beside it, not in it.",
        registry("create", "team", "--upstream", "https://ada:secret@npm.example.com/"));

    assertThat(registry("list").out()).doesNotContain("team");
  }

  @Test
  void createsWithEverySetting() {
    Outcome bare = registry("create", "bare");
    assertThat(bare.out())
        .isEqualTo(
            """
            Created "bare". It answers below /r/bare/.
            It serves only what is published to it. To install public packages through it:
              ./gatehouse upstream add bare public
            """);
    registry(
        "create",
        "all",
        "--anonymous-read",
        "--firewall",
        "--overwrite",
        "--owners-only",
        "--scope",
        "@team",
        "--scope",
        "@web");

    Registry.Settings all = settings("all");
    assertThat(all)
        .isEqualTo(
            new Registry.Settings(Registry.Kind.FIREWALL, true, true, true, false, all.scopes()));
    assertThat(all.scopes()).containsExactly("@team", "@web");
    assertThat(settings("bare")).isEqualTo(Registry.Settings.of(Registry.Kind.STANDARD));
  }

  @Test
  void listsForPeopleAndForScripts() throws IOException {
    registry("create", "team", "--anonymous-read", "--scope", "@team");
    registry("create", "old");
    registry("archive", "old");

    assertThat(registry("list").out())
        .isEqualTo(
            """
            NAME     KIND      PATH         UPSTREAMS  SETTINGS
            default  standard  /r/default/             private
            team     standard  /r/team/                anonymous read, @team
            """);
    assertThat(registry("list", "--archived").out()).contains("private, archived");
    JsonNode json = JSON.readTree(registry("list", "--json").out());
    assertThat(json).hasSize(2);
    assertThat(json.get(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"name":"team","kind":"standard","path":"/r/team/","anonymousRead":true,
                 "overwriting":false,"ownersOnly":false,"archived":false,"scopes":["@team"],
                 "upstreams":[]}
                """));
  }

  @Test
  void changesOnlyTheSettingsThatAreNamed() {
    registry("create", "team", "--owners-only", "--scope", "@a", "--scope", "@b");

    Outcome changed =
        registry(
            "set",
            "team",
            "--anonymous-read",
            "on",
            "--overwrite",
            "ON",
            "--remove-scope",
            "@a",
            "--add-scope",
            "@c");
    assertThat(changed.out())
        .isEqualTo("Changed \"team\": anonymous read, overwriting, owners only, @b, @c.\n");
    registry("set", "team", "--anonymous-read", "off", "--owners-only", "off");
    assertThat(settings("team").approver()).isEqualTo(Registry.Approver.ADMIN);
    registry("set", "team", "--approver", "developer");
    assertThat(settings("team").approver()).isEqualTo(Registry.Approver.DEVELOPER);
    assertThat(settings("team").anonymousRead()).isFalse();
    assertThat(settings("team").ownersOnly()).isFalse();
    assertThat(settings("team").overwriting()).isTrue();

    refuses("Name what to change, as in --anonymous-read on.", registry("set", "team"));
    refuses(
        "\"team\" is no scope: write it with its @, as in @team.",
        registry("set", "team", "--add-scope", "team"));
    assertThat(registry("set", "team", "--overwrite", "perhaps").code()).isEqualTo(2);
  }

  @Test
  void renamesAndKeepsTheOldNameAnswering() {
    registry("create", "team");

    assertThat(registry("rename", "team", "platform").out())
        .isEqualTo("\"team\" is \"platform\" now; the old name goes on answering.\n");
    try (Database database = operator.open("server")) {
      Directory directory = new Registries(database, operator.clock).directory();
      assertThat(directory.find("default", "team"))
          .isNotNull()
          .isEqualTo(directory.find("default", "platform"));
    }
    refuses(
        "The name \"team\" is taken in the workspace \"default\", perhaps as the old name of a"
            + " renamed registry.",
        registry("create", "team"));
    refuses(
        "\"Big Name\" cannot be the name of a registry: use up to 64 small letters, digits, dots,"
            + " dashes and underscores, and start with a letter or digit.",
        registry("rename", "platform", "Big Name"));
  }

  @Test
  void archivesAndBringsBack() {
    assertThat(registry("archive", "default").code()).isZero();
    assertThat(settings("default").archived()).isTrue();
    assertThat(registry("unarchive", "default").code()).isZero();
    assertThat(settings("default").archived()).isFalse();
  }

  @Test
  void deletesOnlyWhatWasNamedTwice() {
    registry("create", "team");
    String question =
        "This would delete \"team\" with 0 versions of 0 packages, for good. If you mean it, add"
            + " --yes team.";
    refuses(question, registry("delete", "team"));
    refuses(question, registry("delete", "team", "--yes", "default"));
    assertThat(registry("list").out()).contains("team");

    assertThat(registry("delete", "team", "--yes", "team"))
        .isEqualTo(new Outcome(0, "Deleted \"team\" with 0 versions of 0 packages.\n", ""));
    assertThat(registry("list").out()).doesNotContain("team");
    assertThat(registry("delete", "default", "--force").code()).isZero();
  }

  @Test
  void keepsARegistryThatOthersDrawFrom() {
    registry("create", "team", "--upstream", "registry:default");

    refuses(
        "\"default\" is an upstream of team: remove it there first.",
        registry("delete", "default", "--force"));
  }

  @Test
  void worksInAnotherWorkspace() throws IOException {
    assertThat(operator.run("", "workspace", "create", "mobile").out())
        .isEqualTo("The workspace \"mobile\" is there. Work in it by --workspace mobile.\n");
    assertThat(registry("create", "team", "--workspace", "mobile").out())
        .startsWith("Created \"team\". It answers below /w/mobile/r/team/.");
    assertThat(registry("list").out()).doesNotContain("team");
    refuses(
        "There is no registry \"default\" in the workspace \"mobile\".",
        registry("create", "two", "--workspace", "mobile", "--upstream", "registry:default"));
    assertThat(JSON.readTree(operator.run("", "workspace", "list", "--json").out()))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name":"default","registries":1},{"name":"mobile","registries":1}]
                """));
  }

  @Test
  void noteEveryChangeInTheTrail() {
    registry("create", "team", "--upstream", "public");
    registry("delete", "team", "--force");

    try (Database database = operator.open("server")) {
      List<String> trail =
          database.read(handle ->
              handle
                  .createQuery(
                      "SELECT action || ' ' || subject FROM audit WHERE actor = 'operator'"
                          + " ORDER BY id")
                  .mapTo(String.class)
                  .list());
      assertThat(trail)
          .containsExactly(
              "registry.create team", "upstream.add team public", "registry.delete team");
    }
  }

  private Registry.Settings settings(String name) {
    try (Database database = operator.open("server")) {
      return new Registries(database, operator.clock).require("default", name).settings();
    }
  }

  private Outcome registry(String verb, String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "registry";
    all[1] = verb;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return operator.run("", all);
  }

  private static void refuses(String sentence, Outcome outcome) {
    assertThat(outcome).isEqualTo(new Outcome(1, "", sentence + "\n"));
  }
}
