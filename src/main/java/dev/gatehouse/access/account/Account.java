package dev.gatehouse.access.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person, or a machine that acts as one, in a workspace.
///
/// @param name unique in the workspace, see [AccountName]
/// @param role the built-in role; read-only for whoever has a custom one
/// @param custom the role that counts in place of it, or null
/// @param email empty if not told
/// @param active whether it may do anything at all
public record Account(
    long id,
    long workspaceId,
    String name,
    Role role,
    @Nullable CustomRole custom,
    String email,
    Profile profile,
    boolean active,
    Instant created,
    Instant updated) {

  /// What it may do in the whole workspace.
  public Set<Right> rights() {
    return custom == null ? role.rights() : custom.rights();
  }

  /// Whether it may do that in the whole workspace.
  public boolean may(Right right) {
    return rights().contains(right);
  }

  /// The role that it has.
  public Role.Given standing() {
    return new Role.Given(role, custom);
  }

  /// How people call its role.
  public String roleName() {
    return custom == null ? role.label() : custom.name();
  }
}
