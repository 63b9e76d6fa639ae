package dev.gatehouse.packages.need;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.Dependency;
import dev.gatehouse.npm.Dependency.Kind;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.packages.need.Needs.Need;
import dev.gatehouse.packages.need.Needs.Read;
import dev.gatehouse.packages.need.Needs.Unread;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class NeedsTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase place;
  private final Database database;
  private final Needs needs;
  private final Registry team;

  NeedsTest(Dialect dialect) {
    place = TestingDatabases.fresh(dialect);
    database = place.database();
    needs = new Needs(database);
    var registries = new Registries(database, new TestingClock());
    Workspace workspace = registries.workspace(OPERATOR, Workspace.DEFAULT);
    team = registries.create(OPERATOR, workspace, "team", Settings.of(Registry.Kind.STANDARD));
  }

  private void cache(String name) {
    var row = new CachedTarball(team.id(), name, "1.0.0", "ab".repeat(64), 9, "sha512-x");
    database.write(handle -> {
      CachedTarballs.add(handle, row, 1);
      return true;
    });
  }

  private static Read read(Unread version, String needed, String spec) {
    return new Read(version, List.of(new Dependency(Kind.RUNTIME, needed, spec)));
  }

  private List<String> specs(String needed, String name) {
    return needs.of(List.of(team.id()), needed, name).stream().map(Need::spec).toList();
  }

  @Test
  void leavesWhatChangesWhileItIsReadToBeReadAgain() {
    cache("app");
    Unread first = needs.unread(9).getFirst();
    cache("app");
    needs.save(List.of(read(first, "lib", "1")));
    assertThat(specs("lib", "app")).isEmpty();
    Unread second = needs.unread(9).getFirst();
    assertThat(second.times()).isEqualTo(first.times() + 1);
    needs.save(List.of(read(second, "lib", "2")));
    assertThat(specs("lib", "app")).containsExactly("2");
    assertThat(needs.unread(9)).isEmpty();
  }

  @Test
  void writesWhatTwoServersReadOnce() {
    cache("app");
    Unread unread = needs.unread(9).getFirst();
    needs.save(List.of(read(unread, "lib", "1")));
    needs.save(List.of(read(unread, "other", "1")));
    assertThat(specs("lib", "app")).containsExactly("1");
    assertThat(specs("other", "app")).isEmpty();
  }

  @Test
  void keepsNothingOfWhatIsNotStoredAnyMore() {
    cache("app");
    needs.save(List.of(read(needs.unread(9).getFirst(), "lib", "1")));
    assertThat(new CachedTarballs(database).forget(team.id(), "app", "1.0.0")).isTrue();
    needs.save(List.of(read(needs.unread(9).getFirst(), "lib", "1")));
    assertThat(specs("lib", "app")).isEmpty();
    assertThat(needs.count(List.of(team.id()), "lib")).isZero();
  }

  @Test
  void keepsRangesOfStrangersShortAndOnOneLine() {
    cache("app");
    String spec = "1  ||\n" + "2 || ".repeat(200) + "3";
    needs.save(List.of(read(needs.unread(9).getFirst(), "lib", spec)));
    assertThat(specs("lib", "app")).singleElement().asString().hasSize(256).startsWith("1 || 2 ||");
  }
}
