package dev.gatehouse.install.signature;

import dev.gatehouse.npm.signature.RegistryKeys;
import dev.gatehouse.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What is known of the keys of an upstream.
public sealed interface KeyState {

  /// It has keys. `digest` names the document that lists them.
  record Known(RegistryKeys keys, String digest) implements KeyState {}

  /// It has said that it has none.
  record None() implements KeyState {}

  /// Nobody has asked it, or it has never given an answer of use: then `problem` says why.
  record Unknown(Problem.@Nullable UpstreamFailed problem) implements KeyState {}

  /// Differs whenever what is known does, and is the same after a restart.
  default String identity() {
    return switch (this) {
      case Known known -> known.digest();
      case None _ -> "none";
      case Unknown _ -> "unknown";
    };
  }
}
