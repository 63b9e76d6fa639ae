package dev.gatehouse.packages.download;

/// Who fetches.
///
/// @param actor as the trail names it
/// @param token the token's public name, by which it is revoked; empty if there was none
/// @param address the client's IP address
public record Fetcher(String actor, String token, String address) {}
