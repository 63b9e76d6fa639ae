package dev.gatehouse.access.provider.logout;

import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Ends sessions that came from the provider of a workspace. Each account whose sessions end has a
/// row in the trail.
public record ProviderSessions(Database database, Trail trail) {
  private static final Actor PROVIDER = new Actor.Job("single-sign-on");

  private record Ended(long accountId, String name) {}

  /// Ends all of the workspace, in the transaction of `handle`, whose provider `actor` has changed.
  public void endAll(Handle handle, Actor actor, long workspaceId) {
    end(
        handle,
        actor,
        workspaceId,
        """
        provider AND account_id IN (SELECT id FROM account WHERE workspace_id = :workspace)
        """,
        Map.of("workspace", workspaceId));
  }

  /// Ends those that `word` is about, in each of `workspaces`, once: false if it came before.
  public boolean end(List<Long> workspaces, LogoutWord.Proven word) {
    return database.write(handle -> {
      if (!isNew(handle, word)) {
        return false;
      }
      for (long workspace : workspaces) {
        end(
            handle,
            PROVIDER,
            workspace,
            """
            provider AND (:sid = '' OR provider_sid = :sid) AND account_id IN (
              SELECT account_id FROM provider_link
              WHERE workspace_id = :workspace AND issuer = :issuer
                AND (:subject = '' OR subject = :subject))
            """,
            Map.of(
                "workspace",
                workspace,
                "issuer",
                word.issuer(),
                "subject",
                orEmpty(word.subject()),
                "sid",
                orEmpty(word.session())));
      }
      return true;
    });
  }

  private boolean isNew(Handle handle, LogoutWord.Proven word) {
    long now = trail.clock().millis();
    handle.execute(
        "DELETE FROM provider_logout WHERE created < ?", now - 2 * LogoutWord.LIFE.toMillis());
    return handle.execute(
            "INSERT INTO provider_logout (hash, created) VALUES (?, ?) ON CONFLICT DO NOTHING",
            Secrets.sha256(word.issuer() + " " + word.id()),
            now)
        == 1;
  }

  private void end(
      Handle handle, Actor actor, long workspaceId, String which, Map<String, Object> values) {
    List<Ended> ended =
        handle
            .createQuery(
                """
                SELECT DISTINCT account.id, account.name FROM session
                JOIN account ON account.id = session.account_id
                WHERE %s ORDER BY account.name
                """
                    .formatted(which))
            .bindMap(values)
            .map((row, _) -> new Ended(row.getLong(1), row.getString(2)))
            .list();
    handle.createUpdate("DELETE FROM session WHERE " + which).bindMap(values).execute();
    for (Ended one : ended) {
      trail.add(
          handle, actor, new Trail.Entry(workspaceId, "session.end-by-provider", one.name, ""));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
