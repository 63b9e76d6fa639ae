package dev.gatehouse.access;

/// Where somebody wants to do something: a registry by its id, with the workspace that it is in.
public record Place(long workspaceId, long registryId) {}
