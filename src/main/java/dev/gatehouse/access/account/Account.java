package dev.gatehouse.access.account;

import java.time.Instant;

/// A person, or a machine that acts as one, in a workspace.
///
/// @param name unique in the workspace, see [AccountName]
/// @param email empty if not told
/// @param active whether it may do anything at all
public record Account(
    long id,
    long workspaceId,
    String name,
    Role role,
    String email,
    Profile profile,
    boolean active,
    Instant created,
    Instant updated) {}
