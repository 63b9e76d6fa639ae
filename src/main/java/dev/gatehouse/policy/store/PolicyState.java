package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import org.jspecify.annotations.Nullable;

/// A policy as a registry has it now.
///
/// @param mode what it does
/// @param settings all of its settings
/// @param source where mode comes from
/// @param change who last set it there, and when; null if nobody did
public record PolicyState(
    PolicyName policy,
    Mode mode,
    ObjectNode settings,
    Source source,
    StoredPolicy.@Nullable Change change) {

  /// Where the mode of a policy comes from.
  public enum Source {
    /// The kind of registry.
    KIND,
    /// The workspace's default.
    WORKSPACE,
    /// The registry.
    REGISTRY,
    /// A setting of the registry besides its policies: overwriting, archived.
    SETTING
  }
}
