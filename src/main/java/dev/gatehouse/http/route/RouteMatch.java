package dev.gatehouse.http.route;

import java.util.List;

/// What a [RouteTree] says of a path.
///
/// @param <T> what a pattern leads to
public sealed interface RouteMatch<T> {

  /// A part of the path that a pattern named.
  record Variable(String name, String value) {}

  /// The route, with its variables from the left to the right.
  record Found<T>(T target, List<Variable> variables) implements RouteMatch<T> {}

  /// The path is known under these methods, not under the one that was asked.
  record OtherMethods<T>(List<String> allowed) implements RouteMatch<T> {}

  /// No pattern matches the path.
  record Unknown<T>() implements RouteMatch<T> {}
}
