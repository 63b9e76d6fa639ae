package dev.gatehouse.install.ledger;

import dev.gatehouse.db.Database;
import dev.gatehouse.install.ledger.WithheldLog.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// How it is written what is withheld.
final class WithheldRows {
  /// Nodes that write the same rows at the same time take them in the same order.
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::registryId).thenComparing(Place::name);

  private WithheldRows() {}

  /// What each of these packages has withheld at `now`: what was before stays as it is, what is new
  /// begins, and the rest has ended. Of registries that there still are.
  static void write(Database database, Map<Place, List<Ledger.Withheld>> seen, long now) {
    if (seen.isEmpty()) {
      return;
    }
    List<Place> places = seen.keySet().stream().sorted(ORDER).toList();
    database.write(handle -> {
      for (Place place : places) {
        List<Ledger.Withheld> withheld = Objects.requireNonNull(seen.get(place));
        Set<String> versions =
            withheld.stream().map(Ledger.Withheld::version).collect(Collectors.toSet());
        begin(handle, place, withheld, now);
        end(handle, place, versions, now);
      }
      return null;
    });
  }

  private static void begin(Handle handle, Place place, List<Ledger.Withheld> withheld, long now) {
    if (withheld.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO withheld_since
              (registry_id, name, version, verdict, policy, sentence, since)
            SELECT registry.id, CAST(:name AS TEXT), CAST(:version AS TEXT),
              CAST(:verdict AS TEXT), CAST(:policy AS TEXT), CAST(:sentence AS TEXT),
              CAST(:now AS BIGINT)
            FROM registry WHERE registry.id = :registry
            ON CONFLICT (registry_id, name, version) DO UPDATE SET
              verdict = excluded.verdict,
              policy = excluded.policy,
              sentence = excluded.sentence,
              since = CASE WHEN withheld_since.ended IS NULL
                THEN withheld_since.since ELSE excluded.since END,
              ended = NULL
            """)) {
      for (Ledger.Withheld one : withheld) {
        Ledger.Cause cause = one.reasons().isEmpty() ? null : one.reasons().getFirst();
        batch
            .bind("registry", place.registryId())
            .bind("name", place.name())
            .bind("version", one.version())
            .bind("verdict", one.verdict())
            .bind("policy", text(cause == null ? null : cause.policy()))
            .bind("sentence", text(cause == null ? null : cause.sentence()))
            .bind("now", now)
            .add();
      }
      var _ = batch.execute();
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.replace("\0", "");
  }

  private static void end(Handle handle, Place place, Set<String> withheld, long now) {
    List<String> open =
        handle
            .createQuery(
                """
                SELECT version FROM withheld_since
                WHERE registry_id = :registry AND name = :name AND ended IS NULL
                """)
            .bind("registry", place.registryId())
            .bind("name", place.name())
            .mapTo(String.class)
            .list();
    for (String version : open) {
      if (!withheld.contains(version)) {
        handle.execute(
            """
            UPDATE withheld_since SET ended = ?
            WHERE registry_id = ? AND name = ? AND version = ?
            """,
            now,
            place.registryId(),
            place.name(),
            version);
      }
    }
  }

  /// Removes what ended before then.
  static int prune(Database database, long before) {
    return database.write(
        handle -> handle.execute("DELETE FROM withheld_since WHERE ended < ?", before));
  }
}
