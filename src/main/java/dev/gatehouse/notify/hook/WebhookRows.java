package dev.gatehouse.notify.hook;

import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.form.Form;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of webhooks.
final class WebhookRows {
  private static final String SELECT =
      """
      SELECT webhook.*, workspace.name AS workspace
      FROM webhook JOIN workspace ON workspace.id = webhook.workspace_id
      """;

  private WebhookRows() {}

  /// A webhook with what is not shown.
  record Sealed(Webhook webhook, String target) {}

  static List<Webhook> list(Handle handle, long workspaceId) {
    return handle
        .createQuery(SELECT + "WHERE workspace_id = ? ORDER BY webhook.name")
        .bind(0, workspaceId)
        .map((row, _) -> webhook(row))
        .list();
  }

  /// Those of the workspace that are told anything.
  static List<Webhook> active(Handle handle, long workspaceId) {
    return handle
        .createQuery(SELECT + "WHERE workspace_id = ? AND active ORDER BY webhook.id")
        .bind(0, workspaceId)
        .map((row, _) -> webhook(row))
        .list();
  }

  /// The workspaces in which anybody is told anything.
  static Set<Long> heard(Handle handle) {
    return handle
        .createQuery("SELECT DISTINCT workspace_id FROM webhook WHERE active")
        .mapTo(Long.class)
        .set();
  }

  static @Nullable Sealed find(Handle handle, long id) {
    return handle
        .createQuery(SELECT + "WHERE webhook.id = ?")
        .bind(0, id)
        .map((row, _) -> new Sealed(webhook(row), row.getString("sealed")))
        .findOne()
        .orElse(null);
  }

  static long add(Handle handle, Webhook webhook, String sealed) {
    return handle
        .createQuery(
            """
            INSERT INTO webhook (workspace_id, name, origin, sealed, form, events, registries,
              active, created, created_by)
            VALUES (:workspace, :name, :origin, :sealed, :form, :events, :registries, :active,
              :created, :by)
            RETURNING id
            """)
        .bind("workspace", webhook.workspaceId())
        .bind("name", webhook.name())
        .bind("origin", webhook.origin())
        .bind("sealed", sealed)
        .bind("form", webhook.form().word())
        .bind("events", events(webhook.choice()))
        .bind("registries", registries(webhook.choice()))
        .bind("active", webhook.active())
        .bind("created", webhook.made().at().toEpochMilli())
        .bind("by", webhook.made().by())
        .mapTo(Long.class)
        .one();
  }

  static void change(Handle handle, long id, Choice choice, boolean active) {
    handle.execute(
        "UPDATE webhook SET events = ?, registries = ?, active = ? WHERE id = ?",
        events(choice),
        registries(choice),
        active,
        id);
  }

  static void remove(Handle handle, long id) {
    handle.execute("DELETE FROM webhook WHERE id = ?", id);
    handle.execute("DELETE FROM webhook_delivery WHERE webhook_id = ?", id);
  }

  private static String events(Choice choice) {
    return choice.events().stream().map(EventType::word).sorted().collect(Collectors.joining(" "));
  }

  private static String registries(Choice choice) {
    return choice.registries().stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    Set<EventType> events =
        words(row.getString("events")).stream()
            .map(EventType::of)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<Long> registries =
        words(row.getString("registries")).stream().map(Long::valueOf).collect(Collectors.toSet());
    return new Webhook(
        row.getLong("id"),
        row.getLong("workspace_id"),
        row.getString("workspace"),
        row.getString("name"),
        row.getString("origin"),
        Form.valueOf(row.getString("form").toUpperCase(Locale.ROOT)),
        new Choice(events, registries),
        row.getBoolean("active"),
        new Webhook.Made(
            Instant.ofEpochMilli(row.getLong("created")), row.getString("created_by")));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
