package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  @AutoClose private final TestingOperator operator = new TestingOperator();

  MainTest() throws IOException {}

  @Test
  void showsEveryCommandInItsGroup() {
    String help = operator.run("", "--help").out();
    assertThat(help)
        .containsSubsequence(
            "Run:",
            "serve",
            "People and machines:",
            "user",
            "token",
            "Registries:",
            "registry",
            "upstream",
            "workspace",
            "Versions:",
            "pull",
            "Care:",
            "verify",
            "version",
            "help")
        .doesNotContain("train")
        .doesNotContain("More:")
        .doesNotContain("%n");
    assertThat(operator.run("", "help").out()).isEqualTo(help);
  }

  @Test
  void namesTheNearestOfAnUnknownCommand() {
    Outcome unknown = operator.run("", "regstry");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean").contains("gatehouse registry");
    assertThat(operator.run("", "registry", "lst").err()).contains("Did you mean: registry list?");
    assertThat(operator.run("", "registry", "list", "--jsn").err()).contains("--json");
    assertThat(operator.run("").code()).isEqualTo(2);
  }

  @Test
  void everyVerbExplainsItselfWithinTheWidthOfAScreen() {
    var main =
        Main.commandLine(
            new dev.gatehouse.app.command.OperatorContext(
                operator.clock, java.io.InputStream.nullInputStream(), Map.of()));
    explained(main);
  }

  @Test
  void printsTheVersion() {
    assertThat(operator.run("", "version").out()).startsWith("gatehouse ").contains("Java 25");
    assertThat(operator.run("", "--version").code()).isZero();
  }

  @Test
  void refusesAWrongConfigurationWithASentence() {
    assertThat(operator.run("", "serve", "--port", "eighty"))
        .isEqualTo(
            new Outcome(
                1, "", "The value of server.port does not fit: \"eighty\" is no whole number.\n"));
    Outcome database =
        operator.run(
            "", "serve", "--data", operator.data.toString(), "--database", "mysql://a:b@c/d");
    assertThat(database.code()).isEqualTo(1);
    assertThat(database.err()).startsWith("The database URL must start with").doesNotContain("at ");
    assertThat(
            operator
                .run(
                    "",
                    "serve",
                    "--data",
                    operator.data.toString(),
                    "--public-registry",
                    "nonsense")
                .err())
        .isEqualTo(
            "The public registry's address \"nonsense\" is none: write it as"
                + " https://npm.example.com/.\n");
  }

  @Test
  void refusesAPortThatIsTakenWithASentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Outcome second =
          operator.run(
              "",
              "serve",
              "--data",
              operator.data.toString(),
              "--public-registry",
              "http://127.0.0.1:9/",
              "--port",
              port);
      assertThat(second)
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "Cannot listen on 127.0.0.1 port %s: Address already in use\n".formatted(port)));
    }
  }

  private static void explained(CommandLine line) {
    String usage = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(usage.lines()).allMatch(text -> text.length() <= 100, usage);
    assertThat(line.getCommandSpec().usageMessage().description())
        .as(line.getCommandSpec().qualifiedName())
        .isNotEmpty();
    line.getSubcommands().values().stream()
        .filter(one -> !one.getCommandSpec().usageMessage().hidden())
        .forEach(MainTest::explained);
  }
}
