package dev.gatehouse.access.factor;

/// A change that needs the second factor of whoever makes it.
///
/// @param action what is done, as people say it: publish
/// @param subject the package
public record WaitingChange(long accountId, long registryId, String action, String subject) {}
