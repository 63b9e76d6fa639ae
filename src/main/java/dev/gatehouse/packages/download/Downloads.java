package dev.gatehouse.packages.download;

import dev.gatehouse.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// What is known of who fetched what. What was fetched in the last half second may not be written
/// yet: see [DownloadLog#flush].
public record Downloads(Database database) {
  private static final int PAGE = 5_000;
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private record Version(String name, String version) {}

  /// Who fetched versions of the package called `name` from registries of the workspace since then,
  /// the latest first.
  public List<Download> of(long workspaceId, String name, Instant since) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM download
                WHERE workspace_id = :workspace AND name = :name AND last_at >= :since
                ORDER BY last_at DESC, id DESC
                """)
            .bind("workspace", workspaceId)
            .bind("name", name)
            .bind("since", since.toEpochMilli())
            .map((row, _) -> DownloadRows.download(row))
            .list());
  }

  /// The latest `most` rows of who fetched versions of the package called `name` from registries of
  /// the workspace, the latest first.
  public List<Download> latest(long workspaceId, String name, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM download WHERE workspace_id = :workspace AND name = :name
                ORDER BY last_at DESC, id DESC LIMIT :most
                """)
            .bind("workspace", workspaceId)
            .bind("name", name)
            .bind("most", most)
            .map((row, _) -> DownloadRows.download(row))
            .list());
  }

  /// The workspaces from whose registries anybody fetched the package called `name`.
  public List<Long> workspaces(String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT DISTINCT workspace_id FROM download WHERE name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .list());
  }

  /// Gives `into` the name and version of everything that was fetched from the registry since then,
  /// each once, in the order of names. In pages: there may be hundreds of thousands.
  public void asked(long registryId, Instant since, BiConsumer<String, String> into) {
    Version last = new Version("", "");
    for (List<Version> page = page(registryId, since, last); !page.isEmpty(); ) {
      page.forEach(one -> into.accept(one.name(), one.version()));
      last = page.getLast();
      page = page.size() < PAGE ? List.of() : page(registryId, since, last);
    }
  }

  private List<Version> page(long registryId, Instant since, Version after) {
    long from = since.toEpochMilli();
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT name, version FROM download
                WHERE (name, version) > (:name, :version) AND registry_id = :registry
                  AND last_at >= :since AND day >= :day
                ORDER BY name, version LIMIT :page
                """)
            .bind("name", after.name())
            .bind("version", after.version())
            .bind("registry", registryId)
            .bind("since", from)
            .bind("day", Math.floorDiv(from, DAY))
            .bind("page", PAGE)
            .map((row, _) -> new Version(row.getString(1), row.getString(2)))
            .list());
  }
}
