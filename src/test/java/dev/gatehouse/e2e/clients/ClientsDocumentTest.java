package dev.gatehouse.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/CLIENTS.md` says of each client what the end-to-end tests do with it. Its last part is
/// written from their tables by running this test with `-Dgolden.update`.
final class ClientsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/CLIENTS.md");
  private static final String MARK = "<!-- From here on written from the tests' own tables. -->\n";
  private static final String REGISTRY = "http://localhost:4874/r/default/";

  @Test
  void saysOfEachClientWhatIsTested() throws IOException {
    String text = Files.readString(DOCUMENT);
    int mark = text.indexOf(MARK);
    assertThat(mark).as("the mark in " + DOCUMENT).isPositive();
    String written = text.substring(0, mark) + MARK + tables();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(DOCUMENT, written);
    }
    assertThat(text).isEqualTo(written);
  }

  private static String tables() {
    return "\n## Who has what\n\n"
        + matrix()
        + Arrays.stream(Client.values())
            .map(ClientsDocumentTest::section)
            .collect(Collectors.joining());
  }

  private static String matrix() {
    String head =
        "| |"
            + Arrays.stream(Client.values())
                .map(client -> " " + client.title() + " |")
                .collect(Collectors.joining())
            + "\n|---|"
            + "---|".repeat(Client.values().length)
            + "\n";
    return head
        + Arrays.stream(Verb.values()).map(ClientsDocumentTest::row).collect(Collectors.joining());
  }

  private static String row(Verb verb) {
    return "| "
        + verb.title()
        + " |"
        + Arrays.stream(Client.values())
            .map(client -> client.has(verb) ? " yes |" : " |")
            .collect(Collectors.joining())
        + "\n";
  }

  private static String section(Client client) {
    return "\n## "
        + client.title()
        + "\n"
        + files(client.configuration())
        + (client.withoutAgeGate().isEmpty()
            ? ""
            : "\nTo install what was published within the last day:\n"
                + files(client.withoutAgeGate()))
        + "\n| | |\n|---|---|\n"
        + Arrays.stream(Verb.values())
            .filter(client::has)
            .map(verb -> "| " + verb.title() + " | `" + client.line(verb) + "` |\n")
            .collect(Collectors.joining())
        + lacks(client);
  }

  private static String files(List<ConfigFile> files) {
    return files.stream()
        .map(file ->
            "\n`~/"
                + file.path()
                + "`\n\n```\n"
                + file.filled(REGISTRY, "gh_...").replace("127.0.0.1", "localhost")
                + "```\n")
        .collect(Collectors.joining());
  }

  private static String lacks(Client client) {
    String missing =
        Arrays.stream(Verb.values())
            .filter(verb -> !client.has(verb))
            .map(Verb::title)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : "\nLacks: " + missing + ".\n";
  }
}
