package dev.gatehouse.advisories.feed;

import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/// What this server keeps of packages: hosted and cached versions, of all registries.
///
/// @param names the packages of which at least so many versions are kept
/// @param versions the kept versions of a package
public record Kept(IntFunction<Set<String>> names, Function<String, Set<String>> versions) {
  /// Nothing is kept.
  public static final Kept NOTHING = new Kept(_ -> Set.of(), _ -> Set.of());
}
