package dev.gatehouse.install.fact;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.policy.fact.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the versions of one document come from.
///
/// @param place whether they were published here; else cached where only what is cached is offered,
///   as in a frozen registry
/// @param through the ids of the registries that they are seen through, the one asked first
/// @param origin the upstream; null for what is published here
/// @param keys those that its registry signs with; null for what is published here
/// @param firstSeen gives when versions were first seen whose own time does not count
public record Provenance(
    Subject.Place place,
    List<Long> through,
    @Nullable Origin origin,
    @Nullable KeyState keys,
    Supplier<Map<String, Instant>> firstSeen) {}
