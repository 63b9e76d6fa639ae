package dev.gatehouse.packages.verify;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.listing.ListedRows;
import dev.gatehouse.packages.verify.BlobRow.Table;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Mends what can be mended without losing anything: copies of upstreams are forgotten, so that
/// they are fetched again. Safe beside a running server, which is told.
final class Repairs {
  private final Database database;
  private final Blobs blobs;
  private final Trail trail;
  private final Actor actor;

  Repairs(Database database, Blobs blobs, Trail trail, Actor actor) {
    this.database = database;
    this.blobs = blobs;
    this.trail = trail;
    this.actor = actor;
  }

  /// Drops the rows of copies that name `digest`, and the damaged bytes unless a version that was
  /// published here names them too. First the rows: none may name bytes that are gone.
  void forget(String digest) throws IOException {
    boolean published =
        database.write(handle -> {
          List<Listed> listed = listed(handle, digest);
          for (Table table : Table.values()) {
            if (table.isCopy()) {
              handle.execute("DELETE FROM " + table.sql() + " WHERE digest = ?", digest);
            }
          }
          listed.forEach(one -> ListedRows.forgotten(handle, one.registryId(), one.name()));
          Changes.raise(database, handle, Changes.Topic.PACKAGES);
          trail.add(handle, actor, new Trail.Entry(null, "store.forget", digest, ""));
          return BlobRows.names(handle, Table.VERSION, digest);
        });
    if (!published) {
      blobs.discardDamaged(digest);
    }
  }

  private record Listed(long registryId, String name) {}

  private static List<Listed> listed(Handle handle, String digest) {
    return handle
        .createQuery("SELECT DISTINCT registry_id, name FROM cached_tarball WHERE digest = ?")
        .bind(0, digest)
        .map((row, _) -> new Listed(row.getLong(1), row.getString(2)))
        .list();
  }

  /// Corrects what rows say of the size of bytes that were just proven whole.
  void resize(String digest, long size) {
    database.write(handle -> {
      handle.execute("UPDATE version SET size = ? WHERE digest = ?", size, digest);
      handle.execute("UPDATE cached_tarball SET size = ? WHERE digest = ?", size, digest);
      Changes.raise(database, handle, Changes.Topic.PACKAGES);
      trail.add(handle, actor, new Trail.Entry(null, "store.resize", digest, ""));
      return size;
    });
  }

  /// Removes a tag that leads nowhere.
  void untag(long packageId, String tag, String subject) {
    database.write(handle -> {
      handle.execute("DELETE FROM dist_tag WHERE package_id = ? AND tag = ?", packageId, tag);
      handle.execute("UPDATE package SET revision = revision + 1 WHERE id = ?", packageId);
      Changes.raise(database, handle, Changes.Topic.PACKAGES);
      trail.add(handle, actor, new Trail.Entry(null, "store.untag", subject, ""));
      return tag;
    });
  }
}
