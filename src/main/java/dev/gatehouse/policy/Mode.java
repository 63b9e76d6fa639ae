package dev.gatehouse.policy;

/// What a policy's objections do.
public enum Mode {
  /// The policy is not asked.
  OFF,
  /// Objections are reported and withhold nothing.
  OBSERVE,
  /// Objections withhold the version.
  ENFORCE
}
