package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import java.util.List;

/// Where a version comes from that is not published here.
///
/// @param through the ids of the registries that it is seen through: the one asked first, the one
///   whose upstream the origin is last
public record Place(Origin origin, List<Long> through) {}
