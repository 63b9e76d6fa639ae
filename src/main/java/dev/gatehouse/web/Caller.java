package dev.gatehouse.web;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.Place;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import org.jspecify.annotations.Nullable;

/// Who makes a request to which registry.
///
/// @param identity null if the registry is open for reading and nobody said who they are
/// @param base the registry's URL as this client addresses it, without a trailing slash
public record Caller(@Nullable Identity identity, Registry registry, String base) {

  /// How the trail and the log name the caller.
  public Actor actor() {
    return identity == null ? new Actor.Anonymous() : identity.actor();
  }

  /// The identity, or an unauthenticated problem.
  public Identity requireIdentity() {
    if (identity == null) {
      throw new ProblemException(Gate.MISSING);
    }
    return identity;
  }

  /// Refuses a caller that may not use `right` in this registry, on the package `name` if there is
  /// one.
  Identity require(Right right, @Nullable PackageName name) {
    Identity known = requireIdentity();
    Problem refusal = known.refusal(place(name), right);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    return known;
  }

  Place place(@Nullable PackageName name) {
    return new Place(registry.workspace().id(), registry.id(), name);
  }
}
