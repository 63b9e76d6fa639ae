package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class MigrationsTest {
  @AutoClose private final TestingDatabase databases;
  private final Database database;

  MigrationsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
  }

  @Test
  void knowsEveryScript() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(
              scripts
                  .map(script -> script.getFileName().toString())
                  .sorted(Comparator.comparingInt(MigrationsTest::number)))
          .containsExactlyElementsOf(Migrations.SCRIPTS);
    }
  }

  private static int number(String script) {
    return Integer.parseInt(script.substring(1, script.indexOf('_')));
  }

  @Test
  void seesThatFlywayHasDoneAllOfIt() {
    assertThat(areApplied()).isTrue();
  }

  @Test
  void leavesAChangedScriptToFlywayWhichRefuses() {
    history("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '2'");
    assertThat(areApplied()).isFalse();
    assertThatThrownBy(() -> databases.open("operator"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesAFailedMigrationToFlywayWhichRefuses() {
    history("UPDATE flyway_schema_history SET success = FALSE WHERE version = '2'");
    assertThat(areApplied()).isFalse();
    assertThatThrownBy(() -> databases.open("operator"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesWhatANewerProgramHasDoneToFlyway() {
    history(
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        VALUES (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'test', 1, TRUE)
        """);
    assertThat(areApplied()).isFalse();
  }

  @Test
  void leavesAnEmptyDatabaseToFlyway() {
    history("DROP TABLE flyway_schema_history");
    assertThat(areApplied()).isFalse();
  }

  private boolean areApplied() {
    return database.read(handle -> Migrations.areApplied(handle.getConnection()));
  }

  private void history(String sql) {
    database.write(handle -> handle.execute(sql));
  }
}
