package dev.gatehouse.access.invitation;

import dev.gatehouse.access.account.Role;
import java.time.Instant;

/// Somebody who was asked to join a workspace and has not come yet.
///
/// @param role as it stands now, should an owner have made it
/// @param email where the link was sent; empty if it was handed over
/// @param inviter whose rights it rests on
public record Invitation(
    long id,
    long workspaceId,
    Role.Given role,
    String email,
    Inviter inviter,
    Instant created,
    Instant expires) {

  /// Who asked them.
  public record Inviter(long id, String name) {}
}
