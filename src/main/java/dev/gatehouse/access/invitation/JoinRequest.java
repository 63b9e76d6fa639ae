package dev.gatehouse.access.invitation;

import java.time.Instant;

/// A stranger who asks to join a workspace. All of it is what they say, and proves nothing.
///
/// @param message what they say of themselves; may be empty
/// @param address where they asked from
public record JoinRequest(long id, String email, String message, String address, Instant created) {}
