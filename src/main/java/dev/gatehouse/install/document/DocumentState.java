package dev.gatehouse.install.document;

import dev.gatehouse.problem.Problem;
import org.jspecify.annotations.Nullable;

/// What an origin has under a name, as far as is known.
public sealed interface DocumentState {

  /// A document.
  ///
  /// @param digest its name in the store
  /// @param modified what its upstream said in Last-Modified, milliseconds since 1970, else 0
  /// @param doubt why it may not be the newest: the upstream failed when it should have confirmed
  ///   it. Null if it is as new as was asked for
  record Known(String digest, long modified, Problem.@Nullable UpstreamFailed doubt)
      implements DocumentState {}

  /// The origin said that it knows no such name.
  record Absent() implements DocumentState {}

  /// The origin failed and nothing of it is stored.
  record Failed(Problem.UpstreamFailed problem) implements DocumentState {}
}
