package dev.gatehouse.access.factor;

import java.time.Instant;

/// A change that waits for its person's browser.
///
/// @param client what asks for it, in its own words, which prove nothing
/// @param address the address that it asked from
public record Confirmation(
    WaitingChange change, String client, String address, Instant created, Instant expires) {}
