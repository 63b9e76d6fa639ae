package dev.gatehouse.packages.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class UnknownNameSweepTest {
  @AutoClose private final TestingDatabase place;
  private final Database database;
  private final TestingClock clock = new TestingClock();

  UnknownNameSweepTest(Dialect dialect) {
    place = TestingDatabases.fresh(dialect);
    database = place.database();
  }

  private void asked(String name, @Nullable String digest) {
    var row = new DocumentRow("public", name, digest, null, null, clock.millis());
    var _ =
        database.write(handle -> {
          DocumentRows.save(handle, row);
          return name;
        });
    clock.advance(Duration.ofSeconds(1));
  }

  private int sweep(int most) {
    return new UnknownNameSweep(database, most, clock).run();
  }

  private List<String> names() {
    return database.read(handle ->
        handle.createQuery("SELECT name FROM document ORDER BY name").mapTo(String.class).list());
  }

  @Test
  void forgetsWhatNobodyHasAskedForInAMonth() {
    asked("unknown", null);
    asked("known", "ab".repeat(32));
    asked("asked-again", null);
    clock.advance(Duration.ofDays(29));
    asked("asked-again", null);
    assertThat(sweep(100)).isZero();
    clock.advance(Duration.ofDays(2));

    assertThat(sweep(100)).isEqualTo(1);
    assertThat(names()).containsExactly("asked-again", "known");
  }

  @Test
  void keepsThoseThatWereAskedForLastOfTooMany() {
    asked("known", "ab".repeat(32));
    for (int i = 1; i <= 5; i++) {
      asked("unknown-" + i, null);
    }

    assertThat(sweep(3)).isEqualTo(2);
    assertThat(names()).containsExactly("known", "unknown-3", "unknown-4", "unknown-5");
    assertThat(sweep(3)).isZero();
  }
}
