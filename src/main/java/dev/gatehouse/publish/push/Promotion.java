package dev.gatehouse.publish.push;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.db.Database;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Pushes that people ask for. A push itself is nobody's whose rights would limit it, so they are
/// limited before: where it arrives they might publish it.
public record Promotion(
    Pusher pusher, Database database, Registries registries, Attending attending) {

  /// Carries `push` out for `by`, whose second factor is shown by `code` where one is wanted.
  public Push.Pushed push(Identity by, Push push, @Nullable String code) throws IOException {
    var edit = new Edit(by, push.from(), push.name());
    edit.require(Right.PUBLISH);
    Edit there = edit;
    if (push.to().source() instanceof Upstream.Here(long id)) {
      Registry target = registries.directory().byId(id);
      if (target != null) {
        there = new Edit(by, target, push.name());
        there.require(Right.PUBLISH);
        there.requireNotArchived();
        Edit arriving = there;
        var _ =
            database.read(handle -> {
              Editing.requireOwner(arriving, handle);
              return true;
            });
      }
    }
    // One code is shown once, so it is asked for once.
    attending.require(attending.isNeeded(there) ? there : edit, code);
    return pusher.push(push);
  }
}
