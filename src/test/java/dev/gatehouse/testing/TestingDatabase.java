package dev.gatehouse.testing;

import dev.gatehouse.db.Database;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One test's database. Whatever is opened through it is closed with it.
public final class TestingDatabase implements AutoCloseable {
  private final String url;
  private final Runnable remove;
  private final Deque<Database> opened = new ArrayDeque<>();
  private @Nullable Database server;

  TestingDatabase(String url, Runnable remove) {
    this.url = url;
    this.remove = remove;
  }

  /// Its JDBC URL.
  public String url() {
    return url;
  }

  /// The database as the server sees it: the same one at every call.
  public Database database() {
    if (server == null) {
      server = open("server");
    }
    return server;
  }

  /// The database as one more process sees it.
  public Database open(String process) {
    Database database = Database.open(url, process);
    opened.push(database);
    return database;
  }

  /// A workspace of that name, and its id.
  public long workspace(String name) {
    return database()
        .write(handle ->
            handle
                .createQuery("INSERT INTO workspace (name, created) VALUES (:name, 0) RETURNING id")
                .bind("name", name)
                .mapTo(Long.class)
                .one());
  }

  /// A standard registry in `workspaceId`, and its id.
  public long registry(long workspaceId, String name) {
    return database()
        .write(handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO registry (workspace_id, name, kind, anonymous_read,
                      overwriting, owners_only, archived, scopes, created)
                    VALUES (:workspace, :name, 'standard', FALSE, FALSE, FALSE, FALSE, '', 0)
                    RETURNING id
                    """)
                .bind("workspace", workspaceId)
                .bind("name", name)
                .mapTo(Long.class)
                .one());
  }

  /// The actions in the audit trail, oldest first.
  public List<String> audited() {
    return database()
        .read(handle ->
            handle
                .createQuery(
                    "SELECT actor || ' ' || action || ' ' || subject FROM audit ORDER BY id")
                .mapTo(String.class)
                .list());
  }

  /// How often `process` has raised `topic`.
  public long raised(String process, String topic) {
    return database()
        .read(handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(SUM(value), 0) FROM revision WHERE process = :process AND"
                        + " topic = :topic")
                .bind("process", process)
                .bind("topic", topic)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
    remove.run();
  }
}
