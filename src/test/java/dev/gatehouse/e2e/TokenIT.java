package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.e2e.clients.Answer;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that clients make, list and revoke.
final class TokenIT extends OnStage {
  private static final Pattern TOKEN = Pattern.compile("gh_[A-Za-z0-9_-]{20,}");
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  void prepare() {
    stage().publish("readable", "1.0.0");
    stage().token("bob");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("makers")
  void makesATokenThatReadsOnlyAndRevokesIt(Client client) throws IOException {
    Seat maker = stage().seat(client);
    Path project = Projects.empty(stage().directory("project"), client);
    Run created =
        maker
            .converse(
                project,
                List.of(new Answer("assword:", Stage.PASSWORD)),
                Verb.TOKEN_CREATE,
                "'" + Stage.PASSWORD + "'")
            .ok();
    Matcher found = TOKEN.matcher(created.out());
    assertThat(found.find()).as(created.out()).isTrue();
    String token = found.group();

    Client other = client.next(Verb.PUBLISH);
    Seat reader = stage().seatWithToken(other, token);
    Path source =
        Projects.source(stage().directory("source"), reader, "@e2e/by-" + client.id(), "1.0.0");
    reader.run(source, Verb.VIEW, "readable").ok();
    assertThat(reader.run(source, Verb.PUBLISH, "latest", "public").refused().text())
        .containsIgnoringCase("read-only");

    stage().server().restart();
    String listed = maker.run(project, Verb.TOKEN_LIST).ok().out();
    assertThat(listed).doesNotContain(token);
    maker.run(project, Verb.TOKEN_REVOKE, keyOfTheReadOnlyOne(listed)).ok();
    reader.run(source, Verb.ADD, "readable", "1.0.0").refused();
    assertThat(maker.run(project, Verb.TOKEN_LIST).ok().out()).isNotEqualTo(listed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listers")
  void listsTheTokensOfTheUserAlone(Client client) {
    String name = "token-for-" + client.id();
    stage().server().token("ann", "--name", name);
    stage().server().token("bob", "--name", "bobs-own");
    Path project = Projects.empty(stage().directory("project"), client);
    assertThat(stage().seat(client).run(project, Verb.TOKEN_LIST).ok().out())
        .contains(name)
        .doesNotContain("bobs-own");
  }

  static Stream<Client> makers() {
    return Client.having(Verb.TOKEN_CREATE, Verb.TOKEN_REVOKE);
  }

  static Stream<Client> listers() {
    return Client.having(Verb.TOKEN_LIST);
  }

  private static String keyOfTheReadOnlyOne(String list) throws IOException {
    for (JsonNode token : JSON.readTree(list)) {
      if (token.path("readonly").asBoolean()) {
        return token.path("key").asText();
      }
    }
    throw new AssertionError("no read-only token in " + list);
  }
}
