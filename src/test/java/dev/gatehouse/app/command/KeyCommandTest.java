package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.TestingOperator.Outcome;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class KeyCommandTest {
  private static final Pattern KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  @AutoClose private final TestingOperator operator = new TestingOperator();

  KeyCommandTest() throws IOException {}

  private String succeeds(String... arguments) {
    Outcome outcome = operator.run("", arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  @Test
  void keysAreRotatedAndListedTheNewestFirst() {
    String first = key(succeeds("key", "rotate"));
    String second = key(succeeds("key", "rotate", "--json"));

    assertThat(succeeds("key", "list").lines())
        .satisfiesExactly(
            header -> assertThat(header).startsWith("KEY"),
            line -> assertThat(line).startsWith(second).endsWith("in use"),
            line -> assertThat(line).startsWith(first).endsWith("Z"));
    assertThat(succeeds("key", "list", "--json"))
        .containsSubsequence(second, "\"expires\" : null", first, "\"expires\" : \"2");
  }

  @Test
  void withoutTheServersKeyNothingIsMade() throws IOException {
    java.nio.file.Files.delete(operator.data.resolve("credentials.key"));

    Outcome refused = operator.run("", "key", "rotate");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("credentials.key", "--data");
  }

  private static String key(String printed) {
    var match = KEY.matcher(printed);
    assertThat(match.find()).as(printed).isTrue();
    return match.group();
  }
}
