package dev.gatehouse.access.session;

import java.time.Instant;

/// A client that waits for somebody to log it in by their browser.
///
/// @param workspace where it asked, as the URL named it; nobody has checked that it is there
/// @param registry the same
/// @param client what it calls itself
/// @param address the address that it asked from
public record ClientLogin(
    String workspace,
    String registry,
    String client,
    String address,
    Instant created,
    Instant expires) {}
