package dev.gatehouse.packages.need;

import dev.gatehouse.db.Database;
import dev.gatehouse.npm.Dependency;
import dev.gatehouse.npm.DependencySpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Which packages need which, of the versions that registries have stored. What is needed to work
/// on a package alone does not count: nobody who installs it gets that.
public final class Needs {
  /// From so many on, nobody counts.
  public static final int COUNTED = 1_000;

  private static final int LONGEST_SPEC = 256;

  private final Database database;

  /// What is needed, in `database`.
  public Needs(Database database) {
    this.database = database;
  }

  /// A stored version that needs a package. `spec` is the range.
  public record Need(long registryId, String version, String kind, String spec) {}

  /// A version whose needs are to be read, which has changed so many `times`.
  public record Unread(long registryId, String name, String version, long times) {}

  /// What was read of one, which stands for nothing if the version is not stored any more.
  public record Read(Unread version, List<Dependency> needs) {
    /// Keeps its own copy.
    public Read {
      needs = List.copyOf(needs);
    }
  }

  /// The names of those that need the package called `needed`, in any stored version, in any of
  /// `registries`: up to `size` of those behind `after`, in their order.
  public List<String> dependents(
      Collection<Long> registries, String needed, String after, int size) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT name FROM (%s) AS found GROUP BY name ORDER BY name LIMIT :size"
                    .formatted(each(registries, "AND name > :after ORDER BY name LIMIT :size")))
            .bind("needed", needed)
            .bind("after", after)
            .bind("size", size)
            .mapTo(String.class)
            .list());
  }

  /// How many there are of them, up to [#COUNTED].
  public int count(Collection<Long> registries, String needed) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(*) FROM (SELECT DISTINCT name FROM (%s) AS found LIMIT :counted) AS counted"
                    .formatted(each(registries, "ORDER BY name LIMIT :counted")))
            .bind("needed", needed)
            .bind("counted", COUNTED)
            .mapTo(Integer.class)
            .one());
  }

  /// Each registry alone, in the order of its key: one question about all would sort all they have.
  private static String each(Collection<Long> registries, String end) {
    return registries.stream()
        .sorted()
        .map(id ->
            "SELECT * FROM (SELECT DISTINCT name FROM package_need WHERE registry_id = "
                + id
                + " AND needed = :needed "
                + end
                + ") AS of"
                + id)
        .collect(Collectors.joining(" UNION ALL "));
  }

  /// The stored versions of `name` that need `needed`.
  public List<Need> of(Collection<Long> registries, String needed, String name) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT registry_id, version, kind, spec FROM package_need
                WHERE registry_id IN (<registries>) AND needed = :needed AND name = :name
                """)
            .bindList("registries", List.copyOf(registries))
            .bind("needed", needed)
            .bind("name", name)
            .map((row, _) ->
                new Need(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
            .list());
  }

  /// Up to `most` versions whose needs are to be read, those of a package together.
  public List<Unread> unread(int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT registry_id, name, version, times FROM unread_need
                ORDER BY registry_id, name, version LIMIT :most
                """)
            .bind("most", most)
            .map((row, _) ->
                new Unread(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)))
            .list());
  }

  /// How many versions of `registries` are to be read, up to [#COUNTED].
  public int unreadOf(Collection<Long> registries) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM unread_need
                  WHERE registry_id IN (<registries>) LIMIT :counted) AS unread
                """)
            .bindList("registries", List.copyOf(registries))
            .bind("counted", COUNTED)
            .mapTo(Integer.class)
            .one());
  }

  /// Keeps what was read. What has changed meanwhile is left to be read again.
  public void save(List<Read> all) {
    var _ =
        database.write(handle -> {
          all.forEach(one -> save(handle, one));
          return all.size();
        });
  }

  private static void save(Handle handle, Read read) {
    Unread version = read.version();
    int taken =
        handle.execute(
            """
            DELETE FROM unread_need
            WHERE registry_id = ? AND name = ? AND version = ? AND times = ?
            """,
            version.registryId(),
            version.name(),
            version.version(),
            version.times());
    if (taken == 0) {
      return;
    }
    handle.execute(
        "DELETE FROM package_need WHERE registry_id = ? AND name = ? AND version = ?",
        version.registryId(),
        version.name(),
        version.version());
    if (isStored(handle, version)) {
      insert(handle, version, read.needs());
    }
  }

  private static boolean isStored(Handle handle, Unread version) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM cached_tarball
                WHERE registry_id = :registry AND name = :name AND version = :version)
              OR EXISTS (SELECT 1 FROM version JOIN package ON package.id = version.package_id
                WHERE package.registry_id = :registry AND package.name = :name
                  AND version.version = :version)
            """)
        .bind("registry", version.registryId())
        .bind("name", version.name())
        .bind("version", version.version())
        .mapTo(Boolean.class)
        .one();
  }

  private static void insert(Handle handle, Unread version, List<Dependency> needs) {
    Map<String, Set<Dependency>> byName = new LinkedHashMap<>();
    for (Dependency one : needs) {
      if (one.kind() != Dependency.Kind.DEV
          && DependencySpec.of(one.name(), one.spec())
              instanceof DependencySpec.FromRegistry from) {
        byName.computeIfAbsent(from.name(), _ -> new LinkedHashSet<>()).add(one);
      }
    }
    List<Object[]> rows = new ArrayList<>();
    byName.forEach((needed, all) ->
        all.forEach(one ->
            rows.add(
                new Object[] {
                  version.registryId(),
                  needed,
                  version.name(),
                  version.version(),
                  one.kind().word(),
                  cut(one.spec())
                })));
    if (!rows.isEmpty()) {
      var batch =
          handle.prepareBatch(
              """
              INSERT INTO package_need (registry_id, needed, name, version, kind, spec)
              VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
              """);
      rows.forEach(batch::add);
      batch.execute();
    }
  }

  private static String cut(String spec) {
    String plain = spec.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST_SPEC));
    // PostgreSQL takes no half of a surrogate pair.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
