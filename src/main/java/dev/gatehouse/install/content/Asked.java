package dev.gatehouse.install.content;

import dev.gatehouse.registries.Registry;

/// Whose files are asked for: those of versions of the package `name` in `registry`.
///
/// @param base the registry's URL as the asker knows it, for what they are told of withheld
///   versions
/// @param decides whether the asker decides about versions there: they see what is withheld, too
public record Asked(Registry registry, String base, String name, boolean decides) {}
