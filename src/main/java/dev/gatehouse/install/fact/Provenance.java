package dev.gatehouse.install.fact;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Where the versions of one document come from.
///
/// @param hosted whether they were published here
/// @param through the ids of the registries that they are seen through, the one asked first
/// @param firstSeen gives when versions were first seen whose own time does not count
public record Provenance(
    boolean hosted, List<Long> through, Supplier<Map<String, Instant>> firstSeen) {}
