package dev.gatehouse.npm.packument;

/// What a registry puts into the documents that it shows.
///
/// @param registryUrl its absolute URL, with or without a slash at its end
/// @param signatures its own, for what came without
public record Rendition(String registryUrl, Signatures signatures) {}
