package dev.gatehouse.app.command.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Database;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.upstream.source.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class UpstreamCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String URL = "https://npm.example.com/";

  @AutoClose private final TestingOperator operator = new TestingOperator();

  UpstreamCommandTest() throws IOException {}

  @Test
  void addsWithATokenThatOnlyStandardInputKnew() throws IOException {
    Outcome added =
        operator.run("s3cret-token\n", "upstream", "add", "default", URL, "--bearer-stdin");

    assertThat(added)
        .isEqualTo(
            new Outcome(0, "\"default\" draws from \"npm.example.com\" now, as number 1.\n", ""));
    assertThat(credential("npm.example.com")).isEqualTo(new Credential.Bearer("s3cret-token"));
    assertThat(operator.run("", "upstream", "list", "default").out())
        .contains("credential")
        .doesNotContain("s3cret");
    assertThat(operator.run("", "upstream", "list", "default", "--json").out())
        .doesNotContain("s3cret");
    assertThat(new String(Files.readAllBytes(database()), StandardCharsets.ISO_8859_1))
        .doesNotContain("s3cret");
  }

  @Test
  void addsWithAPasswordAndWarnsWhenItTravelsInTheOpen() {
    Outcome added =
        operator.run(
            "pass word", "upstream", "add", "default", "http://npm.example.com", "--basic", "ada");

    assertThat(added.code()).isZero();
    assertThat(added.err())
        .isEqualTo("Its URL starts with http://, so the credential travels unencrypted.\n");
    assertThat(credential("npm.example.com")).isEqualTo(new Credential.Basic("ada", "pass word"));
  }

  @Test
  void addsWithEveryOption() throws IOException {
    operator.run("", "upstream", "add", "default", URL, "--name", "partner", "--internal");
    operator.run("", "upstream", "add", "default", URL + "a", "--push");
    operator.run("", "upstream", "add", "default", URL + "b", "--forward", "released");
    operator.run("", "upstream", "add", "default", URL + "c", "--forward", "all");

    assertThat(operator.run("", "upstream", "list", "default").out())
        .isEqualTo(
            """
            POSITION  NAME               KIND      TARGET                     SETTINGS
            1         partner            external  https://npm.example.com/   internal
            2         npm.example.com    external  https://npm.example.com/a  push
            3         npm.example.com-2  external  https://npm.example.com/b  push, forward released
            4         npm.example.com-3  external  https://npm.example.com/c  push, forward all
            """);
    assertThat(
            JSON.readTree(operator.run("", "upstream", "list", "default", "--json").out()).get(2))
        .isEqualTo(
            JSON.readTree(
                """
                {"position":3,"name":"npm.example.com-2","kind":"external",
                 "target":"https://npm.example.com/b","credential":false,"internal":false,
                 "push":true,"forward":"released"}
                """));
  }

  @Test
  void refusesWhatNoCredentialLooksLike() {
    refuses(
        "Standard input holds no token, or several lines: write it as one line.",
        operator.run("", "upstream", "add", "default", URL, "--bearer-stdin"));
    refuses(
        "The token has characters that no token has.",
        operator.run("two words", "upstream", "add", "default", URL, "--bearer-stdin"));
    refuses(
        "The user's name is empty, or has a colon or line break.",
        operator.run("secret", "upstream", "add", "default", URL, "--basic", "a:b"));
    refuses(
        "The password has control characters.",
        operator.run("a\rb", "upstream", "add", "default", URL, "--basic", "ada"));
    refuses(
        "A credential belongs to an upstream that is given by its URL, not to \"public\".",
        operator.run("secret", "upstream", "add", "default", "public", "--bearer-stdin"));
    assertThat(
            operator
                .run("x", "upstream", "add", "default", URL, "--bearer-stdin", "--basic", "ada")
                .code())
        .isEqualTo(2);
  }

  @Test
  void refusesCircles() {
    operator.run("", "registry", "create", "one", "--upstream", "registry:default");
    operator.run("", "registry", "create", "two", "--upstream", "registry:one");

    refuses(
        "\"two\" already draws from \"default\": the two would ask each other in a circle.",
        operator.run("", "upstream", "add", "default", "registry:two"));
    refuses(
        "\"default\" cannot be its own upstream.",
        operator.run("", "upstream", "add", "default", "registry:default"));
  }

  @Test
  void refusesTheSameSourceOrNameTwice() {
    operator.run("", "upstream", "add", "default", "public");

    refuses(
        "\"default\" draws from there already: it is the upstream \"public\".",
        operator.run("", "upstream", "add", "default", "public", "--name", "again"));
    refuses(
        "\"default\" has an upstream \"public\" already: choose another name.",
        operator.run("", "upstream", "add", "default", URL, "--name", "public"));
    refuses(
        "\"A B\" cannot be the name of an upstream: use up to 64 small letters, digits, dots, dashes"
            + " and underscores, and start with a letter or digit.",
        operator.run("", "upstream", "add", "default", URL, "--name", "A B"));
  }

  @Test
  void movesAndRemovesAndGivesEachNewOneTheLastPlace() {
    for (String path : new String[] {"a", "b", "c"}) {
      operator.run("", "upstream", "add", "default", URL + path, "--name", path);
    }

    assertThat(operator.run("", "upstream", "move", "default", "c", "1").out())
        .isEqualTo("\"default\" draws from c, then a, then b.\n");
    assertThat(operator.run("", "upstream", "move", "default", "c", "99").out())
        .isEqualTo("\"default\" draws from a, then b, then c.\n");
    assertThat(operator.run("", "upstream", "remove", "default", "a").out())
        .isEqualTo("\"default\" no longer draws from \"a\".\n");
    operator.run("", "upstream", "add", "default", URL + "d", "--name", "d");
    assertThat(operator.run("", "upstream", "move", "default", "d", "3").out())
        .isEqualTo("\"default\" draws from b, then c, then d.\n");
    refuses(
        "\"default\" has no upstream \"a\".",
        operator.run("", "upstream", "remove", "default", "a"));
    assertThat(operator.run("", "upstream", "move", "default", "b", "first").code()).isEqualTo(2);
  }

  @Test
  void sealsNothingWithAKeyThatTheServerDoesNotHave() throws IOException {
    Files.delete(operator.data.resolve("credentials.key"));

    refuses(
        "There is no credentials.key in \"%s\": name the server's data directory by --data."
            .formatted(operator.data),
        operator.run("secret", "upstream", "add", "default", URL, "--bearer-stdin"));
    assertThat(operator.data.resolve("credentials.key")).doesNotExist();
  }

  @Test
  void findsTheDataByTheServersOwnConfigurationFile() throws IOException {
    var file = Files.writeString(operator.data.resolve("my.yaml"), "data: " + operator.data);

    Outcome listed =
        operator.runAt(
            Map.of(), "", "upstream", "list", "default", "--config", file.toString(), "--json");
    assertThat(listed).isEqualTo(new Outcome(0, "[ ]\n", ""));
  }

  private @Nullable Credential credential(String name) {
    try (Database database = operator.open("server")) {
      var registries = new Registries(database, operator.clock);
      var upstreams = new Upstreams(registries, operator.vault());
      Upstream upstream = Upstreams.require(registries.require("default", "default"), name);
      return upstreams.credential((Upstream.External) upstream.source());
    }
  }

  private java.nio.file.Path database() {
    return operator.data.resolve("gatehouse.db");
  }

  private static void refuses(String sentence, Outcome outcome) {
    assertThat(outcome).isEqualTo(new Outcome(1, "", sentence + "\n"));
  }
}
