package dev.gatehouse.install.document;

import dev.gatehouse.problem.Problem;

/// What an origin has under a name, as far as is known.
public sealed interface DocumentState {

  /// A document, by its digest in the store, fetched or confirmed at `fetched` (milliseconds since
  /// 1970). `modified` is what its upstream said in Last-Modified, else 0.
  record Known(String digest, long modified) implements DocumentState {}

  /// The origin said that it knows no such name.
  record Absent() implements DocumentState {}

  /// The origin failed and nothing of it is stored.
  record Failed(Problem.UpstreamFailed problem) implements DocumentState {}
}
