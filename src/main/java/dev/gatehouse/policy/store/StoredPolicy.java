package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import java.time.Instant;

/// A policy as somebody set it, for a workspace or a registry.
///
/// @param settings what differs from what lies below, JSON text
public record StoredPolicy(PolicyName policy, Mode mode, String settings, Change change) {

  /// When it was set, and by whom.
  public record Change(Instant at, String by) {
    /// Nobody has set it.
    static final Change NONE = new Change(Instant.EPOCH, "");
  }

  /// The settings as a tree.
  ObjectNode layer() {
    return Catalogue.parse(settings);
  }
}
