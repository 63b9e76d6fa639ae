package dev.gatehouse.notify.hook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of deliveries.
final class DeliveryRows {
  private DeliveryRows() {}

  /// One that was never tried.
  record Fresh(long webhookId, String message, String event, String body) {}

  /// What came of an attempt.
  record Result(Delivery.State state, @Nullable Integer status, String answer) {}

  static long add(Handle handle, Fresh fresh, long now) {
    return handle
        .createQuery(
            """
            INSERT INTO webhook_delivery (webhook_id, message, event, body, state, attempts,
              created, changed)
            VALUES (:webhook, :message, :event, :body, 'waiting', 0, :now, :now)
            RETURNING id
            """)
        .bind("webhook", fresh.webhookId())
        .bind("message", fresh.message())
        .bind("event", fresh.event())
        .bind("body", fresh.body())
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  static @Nullable Delivery find(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM webhook_delivery WHERE id = ?")
        .bind(0, id)
        .map((row, _) -> delivery(row))
        .findOne()
        .orElse(null);
  }

  /// The newest first.
  static List<Delivery> list(Handle handle, long webhookId, int limit) {
    return handle
        .createQuery("SELECT * FROM webhook_delivery WHERE webhook_id = ? ORDER BY id DESC LIMIT ?")
        .bind(0, webhookId)
        .bind(1, limit)
        .map((row, _) -> delivery(row))
        .list();
  }

  static int waiting(Handle handle, long webhookId) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM webhook_delivery WHERE webhook_id = ? AND state = 'waiting'")
        .bind(0, webhookId)
        .mapTo(Integer.class)
        .one();
  }

  static void settle(Handle handle, long id, Result result, long now) {
    handle
        .createUpdate(
            """
            UPDATE webhook_delivery SET state = :state, attempts = attempts + 1, status = :status,
              answer = :answer, changed = :now
            WHERE id = :id
            """)
        .bind("state", result.state().word())
        .bind("status", result.status())
        .bind("answer", result.answer())
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  static void remove(Handle handle, long id) {
    handle.execute("DELETE FROM webhook_delivery WHERE id = ?", id);
  }

  /// Forgets all but the newest `kept` of those that are over.
  static void trim(Handle handle, long webhookId, int kept) {
    handle
        .createUpdate(
            """
            DELETE FROM webhook_delivery
            WHERE webhook_id = :webhook AND state <> 'waiting' AND id NOT IN (
              SELECT id FROM webhook_delivery WHERE webhook_id = :webhook AND state <> 'waiting'
              ORDER BY id DESC LIMIT :kept)
            """)
        .bind("webhook", webhookId)
        .bind("kept", kept)
        .execute();
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    return new Delivery(
        row.getLong("id"),
        row.getLong("webhook_id"),
        row.getString("message"),
        row.getString("event"),
        row.getString("body"),
        Delivery.State.of(row.getString("state")),
        row.getInt("attempts"),
        status == 0 ? null : Integer.valueOf(status),
        row.getString("answer"),
        new Delivery.Times(
            Instant.ofEpochMilli(row.getLong("created")),
            Instant.ofEpochMilli(row.getLong("changed"))));
  }
}
