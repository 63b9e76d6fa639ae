package dev.gatehouse.publish;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.Place;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.time.Instant;

/// Who changes which package in which registry.
///
/// @param by whose change it is
/// @param actor how the trail names who makes it
public record Edit(Identity by, Registry registry, PackageName name, Actor actor) {

  /// A change that someone makes for themselves.
  public Edit(Identity by, Registry registry, PackageName name) {
    this(by, registry, name, by.actor());
  }

  /// A change that `actor`, the operator or a job, makes for the account called `account`, which
  /// need not be there any more. Nobody's rights limit it.
  public static Edit onBehalfOf(Actor actor, String account, Registry registry, PackageName name) {
    var owner =
        new Account(
            0,
            registry.workspace().id(),
            account,
            Role.OWNER,
            null,
            "",
            Profile.EMPTY,
            true,
            Instant.EPOCH,
            Instant.EPOCH);
    return new Edit(new Identity(owner, null, Grants.NONE), registry, name, actor);
  }

  /// The name of the account that does it.
  public String account() {
    return by.account().name();
  }

  /// Whether they may use `right` on the package.
  public boolean may(Right right) {
    return by.refusal(place(), right) == null;
  }

  /// Refuses who may not use `right` on the package.
  public void require(Right right) {
    Problem refusal = by.refusal(place(), right);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
  }

  /// Refuses to change anything in an archived registry.
  public void requireNotArchived() {
    if (registry.settings().archived()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "The registry \"%s\" is archived: it can be installed from and not be changed. Use another registry."
                  .formatted(registry.name())));
    }
  }

  /// How the trail names the package: `registry/name`.
  public String subject() {
    return registry.name() + "/" + name;
  }

  private Place place() {
    return new Place(registry.workspace().id(), registry.id(), name);
  }
}
