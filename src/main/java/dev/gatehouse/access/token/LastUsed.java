package dev.gatehouse.access.token;

import dev.gatehouse.db.Database;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/// When tokens were last used: noted in memory by each request, written together now and then. It
/// is an observation and no change, so that it has no row in the audit trail and wakes nobody.
public final class LastUsed {
  /// A token in use is noted once a second, not with each of a thousand requests.
  private static final long PRECISION = 1_000;

  private final Database database;
  private final Map<Long, Long> noted = new ConcurrentHashMap<>();

  /// Writes into `database`.
  public LastUsed(Database database) {
    this.database = database;
  }

  /// Notes that a token was used at `millis` since 1970. Never blocks.
  public void note(long tokenId, long millis) {
    Long before = noted.get(tokenId);
    if (before == null || millis - before >= PRECISION) {
      noted.put(tokenId, millis);
    }
  }

  /// Writes what was noted. A revoked token's note is dropped.
  public void flush() {
    Map<Long, Long> notes = Map.copyOf(noted);
    if (notes.isEmpty()) {
      return;
    }
    database.write(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              UPDATE token SET last_used = :used
              WHERE id = :id AND (last_used IS NULL OR last_used < :used)
              """);
      notes.forEach((id, used) -> batch.bind("id", id).bind("used", used).add());
      return batch.execute();
    });
    notes.forEach(noted::remove);
  }
}
