package dev.gatehouse.packages.licence;

import dev.gatehouse.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which licences the kept versions of registries claim, hosted and cached ones. Reading a claim
/// takes the package's document; so each is kept once it was read.
public final class LicenceClaims {
  private static final String KEPT =
      """
      (SELECT registry_id, name, version, integrity FROM cached_tarball
         WHERE registry_id IN (<registries>)
       UNION
       SELECT package.registry_id, package.name, version.version, version.integrity
         FROM version JOIN package ON package.id = version.package_id
         WHERE package.registry_id IN (<registries>)) AS kept
      """;

  private static final String CLAIMED =
      KEPT
          + """
           JOIN licence_claim ON licence_claim.name = kept.name
             AND licence_claim.version = kept.version AND licence_claim.integrity = kept.integrity
           WHERE licence_claim.licence IS NOT NULL
          """;

  private static final String UNREAD =
      KEPT
          + """
           WHERE NOT EXISTS (SELECT 1 FROM licence_claim WHERE licence_claim.name = kept.name
             AND licence_claim.version = kept.version AND licence_claim.integrity = kept.integrity)
          """;

  private final Database database;

  /// The claims in `database`.
  public LicenceClaims(Database database) {
    this.database = database;
  }

  /// A licence, and how many packages and versions claim it. Empty for those that claim none.
  public record Share(String licence, int packages, int versions) {}

  /// How many packages and versions there are whose claims were read, with which licences, the most
  /// common ones first, and how many packages are still to be read.
  public record Composition(
      List<Share> shares, int licences, int packages, int versions, int unread) {
    /// Keeps its own copy.
    public Composition {
      shares = List.copyOf(shares);
    }
  }

  /// A package with versions of some licence.
  ///
  /// @param registryId one that keeps it
  public record Holder(String name, long registryId, int versions) {}

  /// Versions of a package, in a registry, that nobody has read.
  public record Unread(long registryId, String name, List<Bytes> versions) {
    /// Keeps its own copy.
    public Unread {
      versions = List.copyOf(versions);
    }
  }

  /// A version by what it declares.
  public record Bytes(String version, String integrity) {}

  /// What `registries` keep, with the `most` common licences.
  public Composition composition(Collection<Long> registries, int most) {
    List<Long> ids = List.copyOf(registries);
    return database.read(handle -> {
      List<Share> shares =
          handle
              .createQuery(
                  "SELECT licence, COUNT(DISTINCT kept.name) AS packages, COUNT(DISTINCT kept.name"
                      + " || '@' || kept.version) AS versions FROM "
                      + CLAIMED
                      + " GROUP BY licence ORDER BY packages DESC, versions DESC, licence")
              .bindList("registries", ids)
              .map((row, _) -> new Share(row.getString(1), row.getInt(2), row.getInt(3)))
              .list();
      int packages =
          handle
              .createQuery("SELECT COUNT(DISTINCT kept.name) FROM " + CLAIMED)
              .bindList("registries", ids)
              .mapTo(Integer.class)
              .one();
      int unread =
          handle
              .createQuery("SELECT COUNT(DISTINCT kept.name) FROM " + UNREAD)
              .bindList("registries", ids)
              .mapTo(Integer.class)
              .one();
      return new Composition(
          shares.subList(0, Math.min(most, shares.size())),
          shares.size(),
          packages,
          shares.stream().mapToInt(Share::versions).sum(),
          unread);
    });
  }

  /// The packages of `registries` that claim `licence`, by name: up to `size` of those behind
  /// `after`.
  public List<Holder> holders(Collection<Long> registries, String licence, String after, int size) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT kept.name, MIN(registry_id), COUNT(DISTINCT kept.version) FROM "
                    + CLAIMED
                    + " AND licence = :licence AND kept.name > :after"
                    + " GROUP BY kept.name ORDER BY kept.name LIMIT :size")
            .bindList("registries", List.copyOf(registries))
            .bind("licence", licence)
            .bind("after", after)
            .bind("size", size)
            .map((row, _) -> new Holder(row.getString(1), row.getLong(2), row.getInt(3)))
            .list());
  }

  /// How many packages of `registries` claim `licence`.
  public int count(Collection<Long> registries, String licence) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(DISTINCT kept.name) FROM " + CLAIMED + " AND licence = :licence")
            .bindList("registries", List.copyOf(registries))
            .bind("licence", licence)
            .mapTo(Integer.class)
            .one());
  }

  /// Some packages of `registries` with versions that nobody has read, up to `most` versions.
  public List<Unread> unread(Collection<Long> registries, int most) {
    Map<Place, List<Bytes>> found = new LinkedHashMap<>();
    database.read(handle ->
        handle
            .createQuery(
                "SELECT registry_id, kept.name, kept.version, kept.integrity FROM "
                    + UNREAD
                    + " LIMIT :most")
            .bindList("registries", List.copyOf(registries))
            .bind("most", most)
            .map((row, _) ->
                found
                    .computeIfAbsent(
                        new Place(row.getLong(1), row.getString(2)), _ -> new ArrayList<>())
                    .add(new Bytes(row.getString(3), row.getString(4))))
            .list());
    return found.entrySet().stream()
        .map(one -> new Unread(one.getKey().registryId, one.getKey().name, one.getValue()))
        .toList();
  }

  private record Place(long registryId, String name) {}

  /// Keeps what `version` of the package called `name` claims.
  ///
  /// @param licence empty for none, null if no document lists it
  public record Claim(String name, Bytes version, @Nullable String licence) {}

  /// Keeps claims that were read.
  public void save(List<Claim> claims) {
    var _ =
        database.write(handle -> {
          var batch =
              handle.prepareBatch(
                  """
                  INSERT INTO licence_claim (name, version, integrity, licence)
                  VALUES (:name, :version, :integrity, :licence)
                  ON CONFLICT (name, version, integrity) DO UPDATE SET licence = excluded.licence
                  """);
          for (Claim one : claims) {
            batch
                .bind("name", one.name())
                .bind("version", one.version().version())
                .bind("integrity", one.version().integrity())
                .bind("licence", one.licence())
                .add();
          }
          return batch.execute();
        });
  }
}
