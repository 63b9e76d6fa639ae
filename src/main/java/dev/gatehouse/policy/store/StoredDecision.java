package dev.gatehouse.policy.store;

import dev.gatehouse.policy.decision.VersionDecision;
import java.time.Instant;

/// The newest decision about a version, who took it, and when.
public record StoredDecision(
    String name, String version, VersionDecision decision, Instant at, String by) {}
