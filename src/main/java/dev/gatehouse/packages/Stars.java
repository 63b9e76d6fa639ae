package dev.gatehouse.packages;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Who likes which package of a registry, also such as come from upstreams.
public final class Stars {
  private Stars() {}

  /// Lets `account` like the package called `name`; false if it does already.
  public static boolean add(Handle handle, long registryId, String name, String account) {
    return handle.execute(
            "INSERT INTO star (registry_id, name, account) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            registryId,
            name,
            account)
        > 0;
  }

  /// Lets `account` like the package no longer; false if it did not.
  public static boolean remove(Handle handle, long registryId, String name, String account) {
    return handle.execute(
            "DELETE FROM star WHERE registry_id = ? AND name = ? AND account = ?",
            registryId,
            name,
            account)
        > 0;
  }

  /// The names of the packages that `account` likes, sorted.
  public static List<String> of(Handle handle, long registryId, String account) {
    return handle
        .createQuery(
            "SELECT name FROM star WHERE registry_id = :registry AND account = :account ORDER BY"
                + " name")
        .bind("registry", registryId)
        .bind("account", account)
        .mapTo(String.class)
        .list();
  }
}
