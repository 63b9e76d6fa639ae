package dev.gatehouse.app.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.config.ConfigLoader;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {
  @TempDir private Path directory;

  @Test
  void aDirectoryIsForOneServer() throws IOException {
    try (Claim first = take("a", null)) {
      assertThat(first.isAlone()).isTrue();
      assertThatThrownBy(() -> take("a", null))
          .hasMessage(
              "Another server is running on the data directory %s: stop it, or give this one its own by --data."
                  .formatted(directory.resolve("a")));
    }
    take("a", null).close();
  }

  @Test
  void aDatabaseIsForOneServerHoweverItIsCalled() throws IOException {
    Path file = directory.resolve("shared.db");
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
    Path folder = Files.createSymbolicLink(directory.resolve("folder"), directory);
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    // The first name is a link that leads to nothing yet.
    try (Claim _ = take("a", link)) {
      for (Path name : new Path[] {file, link, folder.resolve("link.db"), relative}) {
        assertThatThrownBy(() -> take("b", name))
            .hasMessage(
                "Another server is running on the database %s: stop it, or give this one its own by --data or --database."
                    .formatted(file.toRealPath()));
        assertThatThrownBy(() -> take("b", Path.of(name + "?cache_size=5")))
            .isInstanceOf(ProblemException.class);
      }
      take("b", directory.resolve("other.db")).close();
    }
    take("b", file).close();
  }

  @Test
  void aRefusedServerLetsGoOfItsDirectory() throws IOException {
    Path file = directory.resolve("shared.db");
    try (Claim _ = take("a", file)) {
      assertThatThrownBy(() -> take("b", file)).isInstanceOf(ProblemException.class);
      take("b", null).close();
    }
  }

  @Test
  void severalServersMayShareADirectoryOnPostgresqlAndOneIsAlone() throws IOException {
    Config config = config("a", "jdbc:postgresql://localhost/gatehouse");
    var data = new DataDirectory(config.data());
    try (Claim first = Claim.take(config, data);
        Claim second = Claim.take(config, data)) {
      assertThat(first.isAlone()).isTrue();
      assertThat(second.isAlone()).isFalse();
    }
  }

  @Test
  void aDatabaseThatIsNoFileOrOfAnotherKindIsRefusedWithASentence() {
    for (String url :
        new String[] {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:a.db"}) {
      refuses(
          url,
          "The database URL must name a file, as jdbc:sqlite:/var/lib/gatehouse/gatehouse.db.");
    }
    refuses(
        "jdbc:mysql://localhost/x",
        "The database URL must start with jdbc:sqlite: or jdbc:postgresql:, this one does not.");
    String missing = "jdbc:sqlite:" + directory.resolve("missing/gatehouse.db");
    assertThatThrownBy(() -> take(config("a", missing)))
        .hasMessageStartingWith("The database at " + missing + " cannot be opened: ");
  }

  private void refuses(String url, String sentence) {
    assertThatThrownBy(() -> take(config("a", url)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem()).isEqualTo(new Problem.Malformed(sentence)));
  }

  private Claim take(String data, @Nullable Path database) throws IOException {
    return take(config(data, database == null ? null : "jdbc:sqlite:" + database));
  }

  private static Claim take(Config config) throws IOException {
    return Claim.take(config, new DataDirectory(config.data()));
  }

  private Config config(String data, @Nullable String database) {
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("data", directory.resolve(data).toString());
    flags.put("database", database);
    return new ConfigLoader().flags(flags).load();
  }
}
