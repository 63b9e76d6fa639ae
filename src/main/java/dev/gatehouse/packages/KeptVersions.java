package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which versions are kept here, hosted or cached, of all registries together.
public record KeptVersions(Database database) {
  private static final String KEPT =
      """
      (SELECT name, version FROM cached_tarball
       UNION
       SELECT package.name, version.version
       FROM version JOIN package ON package.id = version.package_id) AS kept
      """;

  /// The packages of which at least `many` versions are kept.
  public Set<String> names(int many) {
    return database.read(handle ->
        handle
            .createQuery("SELECT name FROM " + KEPT + " GROUP BY name HAVING COUNT(*) >= :many")
            .bind("many", many)
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }

  /// A version that a registry keeps.
  public record Kept(long registryId, String version) {}

  /// The kept versions of the package called `name`, each in every registry that has it.
  public List<Kept> places(String name) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT registry_id, version FROM cached_tarball WHERE name = :name
                UNION
                SELECT package.registry_id, version.version
                FROM version JOIN package ON package.id = version.package_id
                WHERE package.name = :name
                """)
            .bind("name", name)
            .map((row, _) -> new Kept(row.getLong(1), row.getString(2)))
            .list());
  }

  /// The packages of which the registry keeps something, in the order of their names: at most
  /// `most` of those after `after`.
  public List<String> names(long registryId, String after, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT name FROM cached_tarball WHERE registry_id = :registry AND name > :after
                UNION
                SELECT name FROM package WHERE registry_id = :registry AND name > :after
                ORDER BY name LIMIT :most
                """)
            .bind("registry", registryId)
            .bind("after", after)
            .bind("most", most)
            .mapTo(String.class)
            .list());
  }

  /// The kept versions of the package called `name`.
  public Set<String> of(String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT version FROM " + KEPT + " WHERE name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }
}
