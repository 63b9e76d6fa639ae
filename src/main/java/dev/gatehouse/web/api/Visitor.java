package dev.gatehouse.web.api;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.Place;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import org.jspecify.annotations.Nullable;

/// Who uses the API, and in which workspace: that of their account.
///
/// @param session the secret of the browser's session; null if a token came with the request
public record Visitor(Identity identity, Workspace workspace, @Nullable String session) {

  /// How the trail names them.
  public Actor.User actor() {
    return identity.actor();
  }

  /// Their account.
  public Account account() {
    return identity.account();
  }

  /// Whether they are of the workspace whose owners run the server.
  public boolean runsServer() {
    return workspace.name().equals(Workspace.DEFAULT);
  }

  /// Refuses whoever may not use `right` on the workspace as a whole.
  public void require(Right right) {
    refuse(identity.workspaceRefusal(right));
  }

  /// Refuses whoever may not use `right` in `registry`.
  public void require(Registry registry, Right right) {
    require(registry, right, null);
  }

  /// Refuses whoever may not use `right` in `registry` on the package `name`.
  public void require(Registry registry, Right right, @Nullable PackageName name) {
    refuse(identity.refusal(place(registry, name), right));
  }

  /// Refuses a token that may not change its own account.
  public void requireSelfService() {
    refuse(identity.selfServiceRefusal());
  }

  /// The secret of their browser's session; refuses a token.
  public String requireSession() {
    if (session == null) {
      throw new ProblemException(
          new Problem.Forbidden(
              "This is for whoever is signed in with a browser, not for tokens."));
    }
    return session;
  }

  /// Whether they may use `right` in `registry`.
  public boolean may(Registry registry, Right right) {
    return identity.refusal(place(registry, null), right) == null;
  }

  /// Whether `right` was given to them in `registry`, whatever their role.
  public boolean isGiven(Registry registry, Right right) {
    return identity.isGiven(place(registry, null), right);
  }

  private static Place place(Registry registry, @Nullable PackageName name) {
    return new Place(registry.workspace().id(), registry.id(), name);
  }

  private static void refuse(@Nullable Problem refusal) {
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
  }

  @Override
  public String toString() {
    return "Visitor[" + actor().label() + "]";
  }
}
