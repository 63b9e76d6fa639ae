package dev.gatehouse.access.account;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/// Gives an account another role inside of a transaction, and says so for the trail.
final class RoleChange {
  private RoleChange() {}

  /// To one of the built-in roles.
  static String to(Handle handle, Actor actor, Account current, Role role) {
    AccountGuard.requireManages(handle, actor, current.workspaceId(), role);
    if (role != Role.OWNER) {
      AccountGuard.requireAnotherOwner(handle, current);
    }
    handle.execute(
        "UPDATE account SET role = ?, custom_role_id = NULL WHERE id = ?",
        role.label(),
        current.id());
    return details("from", current.roleName(), "to", role.label());
  }

  /// To one that an owner has made. `role` is looked up again: another one of its id may allow more
  /// by now.
  static String to(Handle handle, Actor actor, Account current, CustomRole role) {
    CustomRole now = AccountRows.custom(handle, current.workspaceId(), role.id());
    if (now == null) {
      throw new ProblemException(
          new Problem.NotFound("The role \"%s\" is gone.".formatted(role.name())));
    }
    AccountGuard.requireManages(handle, actor, current.workspaceId(), now.rights());
    AccountGuard.requireAnotherOwner(handle, current);
    handle.execute(
        "UPDATE account SET role = ?, custom_role_id = ? WHERE id = ?",
        Role.READ_ONLY.label(),
        now.id(),
        current.id());
    return details("from", current.roleName(), "to", now.name());
  }

  /// JSON of names and values that are plain words.
  static String details(String... words) {
    var json = new StringJoiner(",", "{", "}");
    for (int i = 0; i < words.length; i += 2) {
      json.add("\"" + words[i] + "\":\"" + words[i + 1] + "\"");
    }
    return json.toString();
  }
}
