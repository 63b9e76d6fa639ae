package dev.gatehouse.install.ledger;

import dev.gatehouse.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What registries began to withhold lately, as far as documents were made that left it out.
public record WithheldLately(Database database) {

  /// A version that somebody was not given.
  ///
  /// @param ended when it was served again; null if it is withheld still
  public record Since(
      String name,
      String version,
      String verdict,
      String policy,
      String sentence,
      Instant since,
      @Nullable Instant ended) {}

  /// Behind which name and version a page begins.
  public record After(String name, String version) {
    /// From the first on.
    public static final After NOTHING = new After("", "");
  }

  /// How many versions each of these registries has begun to withhold since then; none of those
  /// without.
  public Map<Long, Integer> counts(Collection<Long> registries, Instant since) {
    Map<Long, Integer> counts = new HashMap<>();
    if (!registries.isEmpty()) {
      database
          .read(handle ->
              handle
                  .createQuery(
                      """
                      SELECT registry_id, COUNT(*) FROM withheld_since
                      WHERE registry_id IN (<registries>) AND since >= :since GROUP BY registry_id
                      """)
                  .bindList("registries", List.copyOf(registries))
                  .bind("since", since.toEpochMilli())
                  .map((row, _) -> Map.entry(row.getLong(1), row.getInt(2)))
                  .list())
          .forEach(one -> counts.put(one.getKey(), one.getValue()));
    }
    return counts;
  }

  /// At most `most` of them in one registry, in the order of names and versions.
  public List<Since> list(long registryId, Instant since, After after, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM withheld_since
                WHERE registry_id = :registry AND since >= :since
                  AND (name, version) > (:name, :version)
                ORDER BY name, version LIMIT :most
                """)
            .bind("registry", registryId)
            .bind("since", since.toEpochMilli())
            .bind("name", after.name())
            .bind("version", after.version())
            .bind("most", most)
            .map((row, _) -> since(row))
            .list());
  }

  private static Since since(ResultSet row) throws SQLException {
    long ended = row.getLong("ended");
    return new Since(
        row.getString("name"),
        row.getString("version"),
        row.getString("verdict"),
        row.getString("policy"),
        row.getString("sentence"),
        Instant.ofEpochMilli(row.getLong("since")),
        ended == 0 ? null : Instant.ofEpochMilli(ended));
  }
}
