package dev.gatehouse.access.team;

import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The roles that owners have made. Owners alone make and change them: else whoever has one would
/// give it, and so themselves, more. A change holds for all who have the role, at once.
public final class CustomRoles {
  private static final int MOST = 50;

  private final Rights.Ground ground;

  CustomRoles(Rights.Ground ground) {
    this.ground = ground;
  }

  /// What a role is to be.
  public record Wanted(String name, String description, Set<Right> rights) {
    /// Keeps its own copy.
    public Wanted {
      rights = Set.copyOf(rights);
    }

    private CustomRole role() {
      Names.require(name);
      if (Arrays.stream(Role.values()).anyMatch(one -> one.label().equals(name))) {
        throw Names.conflict("\"%s\" is built in: choose another name.".formatted(name));
      }
      if (rights.contains(Right.MANAGE_OWNERS)) {
        throw Names.malformed("Owners alone manage owners: make somebody an owner for that.");
      }
      return new CustomRole(0, name, Names.description(description), rights);
    }
  }

  /// Those of a workspace by name.
  public List<CustomRole> list(long workspaceId) {
    return ground.read(handle ->
        handle
            .createQuery("SELECT name FROM custom_role WHERE workspace_id = ? ORDER BY name")
            .bind(0, workspaceId)
            .mapTo(String.class)
            .list()
            .stream()
            .map(name -> require(handle, workspaceId, name))
            .toList());
  }

  /// The one of that name, or null.
  public @Nullable CustomRole find(long workspaceId, String name) {
    return ground.read(handle -> AccountRows.custom(handle, workspaceId, name));
  }

  /// Makes one. A conflict if the name is taken.
  public CustomRole create(Actor actor, long workspaceId, Wanted wanted) {
    CustomRole role = wanted.role();
    return ground.change(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
      requireRoom(handle, workspaceId);
      requireFree(handle, workspaceId, role.name(), 0);
      handle.execute(
          """
          INSERT INTO custom_role (workspace_id, name, description, rights, updated)
          VALUES (?, ?, ?, ?, ?)
          """,
          workspaceId,
          role.name(),
          role.description(),
          role.column(),
          ground.now());
      record(handle, actor, workspaceId, "role.create", role);
      return require(handle, workspaceId, role.name());
    });
  }

  /// Makes another one of it: whoever has it, has that.
  public CustomRole change(Actor actor, long workspaceId, CustomRole before, Wanted wanted) {
    CustomRole role = wanted.role();
    return ground.change(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
      requireFree(handle, workspaceId, role.name(), before.id());
      int changed =
          handle.execute(
              """
              UPDATE custom_role SET name = ?, description = ?, rights = ?, updated = ?
              WHERE id = ? AND workspace_id = ?
              """,
              role.name(),
              role.description(),
              role.column(),
              ground.now(),
              before.id(),
              workspaceId);
      if (changed == 0) {
        throw missing(before.name());
      }
      record(handle, actor, workspaceId, "role.change", role);
      return require(handle, workspaceId, role.name());
    });
  }

  /// Removes one that nobody has, and that nobody is to have by an invitation or a provider's
  /// groups.
  public void delete(Actor actor, long workspaceId, CustomRole role) {
    ground.change(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
      lock(handle, workspaceId);
      List<String> holders =
          handle
              .createQuery("SELECT name FROM account WHERE custom_role_id = ? ORDER BY name")
              .bind(0, role.id())
              .mapTo(String.class)
              .list();
      if (!holders.isEmpty()) {
        throw Names.conflict(
            "The role \"%s\" is that of %s: give them another one first."
                .formatted(role.name(), String.join(", ", holders)));
      }
      requireNobodyInvited(handle, role);
      requireUnmapped(handle, workspaceId, role);
      if (handle.execute("DELETE FROM custom_role WHERE id = ?", role.id()) == 0) {
        throw missing(role.name());
      }
      return record(handle, actor, workspaceId, "role.delete", role);
    });
  }

  /// A not-found problem with a sentence.
  public static RuntimeException missing(String name) {
    return Names.missing("There is no role \"%s\" in this workspace.".formatted(name));
  }

  private static CustomRole require(Handle handle, long workspaceId, String name) {
    CustomRole found = AccountRows.custom(handle, workspaceId, name);
    if (found == null) {
      throw missing(name);
    }
    return found;
  }

  private static void requireFree(Handle handle, long workspaceId, String name, long but) {
    CustomRole found = AccountRows.custom(handle, workspaceId, name);
    if (found != null && found.id() != but) {
      throw Names.conflict("There is a role \"%s\" already: choose another name.".formatted(name));
    }
  }

  private void requireNobodyInvited(Handle handle, CustomRole role) {
    int invited =
        handle
            .createQuery("SELECT COUNT(*) FROM invitation WHERE custom_role_id = ? AND expires > ?")
            .bind(0, role.id())
            .bind(1, ground.now())
            .mapTo(Integer.class)
            .one();
    if (invited > 0) {
      throw Names.conflict(
          "%d invitations give the role \"%s\": take them back first."
              .formatted(invited, role.name()));
    }
  }

  private static void requireUnmapped(Handle handle, long workspaceId, CustomRole role) {
    List<String> mapped =
        handle
            .createQuery("SELECT roles FROM provider WHERE workspace_id = ?")
            .bind(0, workspaceId)
            .mapTo(String.class)
            .list();
    if (mapped.stream().anyMatch(roles -> roles.contains("\"" + role.key() + "\""))) {
      throw Names.conflict(
          "Groups of the provider have the role \"%s\": give them another one first, under Single sign-on."
              .formatted(role.name()));
    }
  }

  /// Until the transaction ends, nobody gives a role of the workspace to anybody.
  private static void lock(Handle handle, long workspaceId) {
    handle.execute("UPDATE workspace SET name = name WHERE id = ?", workspaceId);
  }

  private static void requireRoom(Handle handle, long workspaceId) {
    // Nobody makes another one meanwhile: two would have one name.
    lock(handle, workspaceId);
    int there =
        handle
            .createQuery("SELECT COUNT(*) FROM custom_role WHERE workspace_id = ?")
            .bind(0, workspaceId)
            .mapTo(Integer.class)
            .one();
    if (there >= MOST) {
      throw Names.conflict("There are %d roles: delete some of them first.".formatted(there));
    }
  }

  private String record(
      Handle handle, Actor actor, long workspaceId, String action, CustomRole role) {
    String details = "{\"rights\":\"%s\"}".formatted(role.column());
    ground.record(handle, actor, new Trail.Entry(workspaceId, action, role.name(), details));
    return role.name();
  }
}
