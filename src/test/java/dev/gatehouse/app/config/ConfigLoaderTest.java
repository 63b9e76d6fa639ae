package dev.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.install.document.Freshness;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  private static final Path SAMPLE = Path.of("gatehouse.sample.yaml");

  private final Path directory;

  ConfigLoaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theSampleEqualsTheDefaultsAndHasEveryKey() throws IOException {
    assertThat(new ConfigLoader().file(SAMPLE).load()).isEqualTo(Config.defaults());
    assertThat(new ConfigLoader().load()).isEqualTo(Config.defaults());

    Set<String> written = new TreeSet<>();
    collect("", new YAMLMapper().readTree(Files.readString(SAMPLE)), written);
    Set<String> known = new TreeSet<>();
    collect("", Config.class, known);
    assertThat(written).isEqualTo(known);
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file =
        yaml(
            """
            server:
              host: from-file
              port: 1
              base-url: https://file.example.com
              trusted-proxies: [10.0.0.1]
            documents: {fresh: 90s, failed: 250ms}
            """);
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("server.port", "3");
    flags.put("server.host", null);

    Config config =
        new ConfigLoader()
            .file(file)
            .environment(
                Map.of(
                    "GATEHOUSE_SERVER_PORT", "2",
                    "GATEHOUSE_SERVER_BASE_URL", "https://environment.example.com",
                    "GATEHOUSE_SERVER_TRUSTED_PROXIES", "10.0.0.2, 10.1.0.0/16",
                    "GATEHOUSE_JAVA_OPTS", "-Xmx1g",
                    "HOME", "/home/ada"))
            .flags(flags)
            .load();

    assertThat(config.server())
        .isEqualTo(
            new Config.Server(
                "from-file",
                3,
                "https://environment.example.com",
                null,
                List.of("10.0.0.2", "10.1.0.0/16"),
                null,
                null));
    assertThat(config.documents().fresh()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.documents().failed()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.documents().stale()).isEqualTo(Freshness.defaults().stale());
  }

  @Test
  void refusesWhatNobodyKnowsAndNamesTheNearest() throws IOException {
    Path file = yaml("server:\n  prot: 80\n");
    refuses(
        () -> new ConfigLoader().file(file),
        "\"server.prot\" in %s is no setting. The nearest is \"server.port\".".formatted(file));
    refuses(
        () -> new ConfigLoader().environment(Map.of("GATEHOUSE_SERVER_BASEURL", "x")),
        "\"GATEHOUSE_SERVER_BASEURL\" in the environment is no setting. The nearest is"
            + " \"GATEHOUSE_SERVER_BASE_URL\".");
    Path list = yaml("- server\n");
    assertThatThrownBy(() -> new ConfigLoader().file(list)).isInstanceOf(ConfigException.class);
  }

  @Test
  void takesADomainThatGoesWithTheBaseUrl() {
    Map<String, String> fits =
        Map.of("server.domain", "NPM.example.com", "server.base-url", "https://example.com:8443/");
    assertThat(new ConfigLoader().flags(fits).load().server().domain())
        .isEqualTo("npm.example.com");
    refuses(
        () -> new ConfigLoader().flags(Map.of("server.domain", "*.example.com")).load(),
        "The domain \"*.example.com\" is none: write it as npm.example.com, without a scheme, a"
            + " star or a port.");
    refuses(
        () ->
            new ConfigLoader()
                .environment(Map.of("GATEHOUSE_SERVER_DOMAIN", "example.com"))
                .flags(Map.of("server.base-url", "https://example.com/npm"))
                .load(),
        "server.base-url has a path, which the hosts of workspaces have not: leave out that path,"
            + " or server.domain.");
  }

  @Test
  void refusesValuesThatDoNotFitWithASentence() throws IOException {
    refuses(
        () -> new ConfigLoader().flags(Map.of("server.port", "eighty")).load(),
        "The value of server.port does not fit: \"eighty\" is no whole number.");
    refuses(
        () -> new ConfigLoader().environment(Map.of("GATEHOUSE_DOCUMENTS_FRESH", "soon")).load(),
        "The value of documents.fresh does not fit: \"soon\" is no duration: write a number and ms,"
            + " s, m, h or d, as in 30d.");
    refuses(
        () -> new ConfigLoader().flags(Map.of("log.level", "loud")).load(),
        "log.level is \"loud\": use one of error, warn, info, debug.");
    refuses(
        () -> new ConfigLoader().flags(Map.of("log.format", "xml")).load(),
        "log.format is \"xml\": use one of auto, text, json.");
    Path broken = yaml("server: [\n");
    assertThatThrownBy(() -> new ConfigLoader().file(broken))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("The file %s is not YAML: ".formatted(broken));
    Path missing = directory.resolve("missing.yaml");
    refuses(
        () -> new ConfigLoader().file(missing), "The file %s cannot be read.".formatted(missing));
  }

  @Test
  void printsNoSecretOfTheDatabase() {
    for (String url :
        List.of(
            "jdbc:postgresql://host/db?user=ada&password=hunter2&ssl=true",
            "jdbc:postgresql://ada:hunter2@host/db")) {
      Config config = new ConfigLoader().flags(Map.of("database", url)).load();
      assertThat(config.toString()).doesNotContain("hunter2").contains("***").contains("host/db");
      assertThat(config.jdbcUrl()).isEqualTo(url);
    }
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "config", ".yaml"), text);
  }

  private static void refuses(ThrowingCallable what, String sentence) {
    assertThatThrownBy(what).isInstanceOf(ConfigException.class).hasMessage(sentence);
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), keys));
    } else {
      keys.add(path);
    }
  }

  private static void collect(String path, Class<?> type, Set<String> keys) {
    if (!type.isRecord()) {
      keys.add(path);
      return;
    }
    for (RecordComponent part : type.getRecordComponents()) {
      String kebab = part.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
      collect(path + "." + kebab, part.getType(), keys);
    }
  }
}
