package dev.gatehouse.notify.event;

/// A version, or a range of them, in a registry.
public record Place(long registryId, String registry, String version) {}
