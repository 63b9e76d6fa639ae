package dev.gatehouse.app.command.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class MailCommandTest {
  @AutoClose private final TestingOperator operator = new TestingOperator();

  MailCommandTest() throws IOException {}

  private TestingOperator.Outcome run(String... arguments) {
    return operator.run("correct horse battery\n", arguments);
  }

  @Test
  void switchesMailsOnAndOffAndQueuesATest() throws IOException {
    run(
        "user",
        "add",
        "ada",
        "--role",
        "developer",
        "--email",
        "ada@example.test",
        "--password-stdin");
    assertThat(run("mail", "on", "ada").out()).contains("\"ada\" gets mails.");
    assertThat(run("mail", "list").out()).contains("ada@example.test");
    assertThat(run("mail", "test", "ada").out()).contains("ada@example.test is on its way");
    assertThat(run("job", "list").out()).contains("mail");
    assertThat(run("mail", "off", "ada").code()).isZero();
    assertThat(new JsonMapper().readTree(run("mail", "list", "--json").out())).isEmpty();
    assertThat(run("mail", "on", "nobody").err()).contains("There is no user \"nobody\"");
  }
}
