package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.signature.KeyState;
import java.util.List;

/// Where a version comes from that is not published here.
///
/// @param through the ids of the registries that it is seen through: the one asked first, the one
///   whose upstream the origin is last
/// @param keys those that the origin signs with, as far as they are known
public record Place(Origin origin, List<Long> through, KeyState keys) {}
