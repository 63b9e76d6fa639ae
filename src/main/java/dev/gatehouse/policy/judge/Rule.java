package dev.gatehouse.policy.judge;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.rule.Policy;

/// A policy as one registry has it. `settings` is the canonical text that `policy` was made of.
public record Rule(Policy policy, Mode mode, String settings) {}
