package dev.gatehouse.access.team;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// What people may do besides what the built-in roles say.
public record Rights(Teams teams, CustomRoles roles, RegistryRights registries) {

  /// All of it in `database`; `changed` runs after every change, before it returns.
  public static Rights over(Database database, Trail trail, Runnable changed) {
    var ground = new Ground(database, trail, changed);
    return new Rights(new Teams(ground), new CustomRoles(ground), new RegistryRights(ground));
  }

  /// Where changes are made, audited and told.
  record Ground(Database database, Trail trail, Runnable changed) {

    <T> T read(HandleCallback<T, RuntimeException> reading) {
      return database.read(reading::withHandle);
    }

    /// Makes a change, which other processes hear of; it is in effect here when this returns.
    <T> T change(HandleCallback<T, RuntimeException> change) {
      T result =
          database.write(handle -> {
            T made = change.withHandle(handle);
            Changes.raise(database, handle, Changes.Topic.ACCESS);
            return made;
          });
      changed.run();
      return result;
    }

    void record(Handle handle, Actor actor, Trail.Entry entry) {
      trail.add(handle, actor, entry);
    }

    long now() {
      return trail.clock().millis();
    }
  }
}
