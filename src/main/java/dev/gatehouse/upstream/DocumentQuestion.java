package dev.gatehouse.upstream;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON document that is asked for.
///
/// @param path percent-encoded and relative to the upstream's base
/// @param validators of the copy that is here already; null if there is none
/// @param absent the statuses by which the upstream says that it has no such thing
public record DocumentQuestion(String path, @Nullable Validators validators, Set<Integer> absent) {
  /// Gone, or never there.
  public static final Set<Integer> ABSENT = Set.of(404, 410);
}
