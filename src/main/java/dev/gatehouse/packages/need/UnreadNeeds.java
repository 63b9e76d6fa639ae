package dev.gatehouse.packages.need;

import org.jdbi.v3.core.Handle;

/// Notes that a version has come, changed or gone, in the transaction of whatever does that: what
/// it needs is read behind it.
public final class UnreadNeeds {
  private UnreadNeeds() {}

  /// A version that is cached.
  public static void mark(Handle handle, long registryId, String name, String version) {
    handle.execute(
        """
        INSERT INTO unread_need (registry_id, name, version, times) VALUES (?, ?, ?, 1)
        ON CONFLICT (registry_id, name, version) DO UPDATE SET times = unread_need.times + 1
        """,
        registryId,
        name,
        version);
  }

  /// A version of a hosted package.
  public static void mark(Handle handle, long packageId, String version) {
    handle
        .createUpdate(
            """
            INSERT INTO unread_need (registry_id, name, version, times)
            SELECT registry_id, name, :version, 1 FROM package WHERE id = :package
            ON CONFLICT (registry_id, name, version) DO UPDATE SET times = unread_need.times + 1
            """)
        .bind("package", packageId)
        .bind("version", version)
        .execute();
  }
}
