package dev.gatehouse.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class KnownNamesTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase place;
  private final Database database;

  KnownNamesTest(Dialect dialect) {
    place = TestingDatabases.fresh(dialect);
    database = place.database();
  }

  @Test
  void everyNameComesOnceHoweverSmallThePages() {
    var registries = new Registries(database, new TestingClock());
    Workspace workspace = registries.workspace(OPERATOR, Workspace.DEFAULT);
    Registry team =
        registries.create(OPERATOR, workspace, "team", Settings.of(Registry.Kind.STANDARD));
    Registry other =
        registries.create(OPERATOR, workspace, "other", Settings.of(Registry.Kind.STANDARD));
    for (String name : List.of("b", "@a/x", "Big", "c-d", "c.d", "c_d", "both")) {
      document("public", name, "ab".repeat(32));
    }
    document("public", "nobody-has-it", null);
    document("elsewhere", "not-asked", "ab".repeat(32));
    document("public", "-/npm/v1/keys", "ab".repeat(32));
    document("second", "both", "cd".repeat(32));
    hosted(team, "own");
    hosted(team, "both");
    hosted(other, "others");
    var rows = new DocumentRows(database);

    var read = new ArrayList<String>();
    String last = "";
    for (List<String> page = rows.names(List.of("public", "second"), List.of(team.id()), last, 2);
        !page.isEmpty();
        page = rows.names(List.of("public", "second"), List.of(team.id()), last, 2)) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      read.addAll(page);
      last = page.getLast();
    }

    assertThat(read)
        .containsExactlyInAnyOrder("@a/x", "Big", "b", "both", "c-d", "c.d", "c_d", "own");
    assertThat(rows.names(List.of(), List.of(other.id()), "", 10)).containsExactly("others");
  }

  private void document(String source, String name, @Nullable String digest) {
    var row = new DocumentRow(source, name, digest, null, null, 0);
    var _ =
        database.write(handle -> {
          DocumentRows.save(handle, row);
          return name;
        });
  }

  private void hosted(Registry registry, String name) {
    var _ =
        database.write(handle ->
            handle.execute(
                """
                INSERT INTO package
                  (registry_id, name, revision, created, modified, details, access, internal)
                VALUES (?, ?, 1, 0, 0, '{}', 'restricted', TRUE)
                """,
                registry.id(),
                name));
  }
}
