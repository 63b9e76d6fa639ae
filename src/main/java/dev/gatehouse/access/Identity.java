package dev.gatehouse.access;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Who makes a request, as known when it began: an account, and the token that it came with (null
/// after a password). What it may do is asked with the `…Refusal` methods: null means yes, a
/// [Problem] says why not.
///
/// @param grants what the account may do in single registries
public record Identity(Account account, @Nullable Token token, Grants grants) {
  /// How the audit trail names it.
  public Actor.User actor() {
    return new Actor.User(account.id(), account.name(), token == null ? null : token.id());
  }

  /// The limits that hold besides the role's.
  public TokenLimits limits() {
    return token == null ? TokenLimits.NONE : token.limits();
  }

  /// The limits that a token made by this request must keep within; null if there are none.
  public @Nullable TokenLimits parentLimits() {
    return token == null ? null : token.limits();
  }

  /// Why it may not read in `place`, or null. Also for searching, auditing and installing.
  public @Nullable Problem readRefusal(Place place) {
    return refusal(place, Right.READ);
  }

  /// Why it may not publish or change packages in `place`, or null.
  public @Nullable Problem writeRefusal(Place place) {
    return refusal(place, Right.PUBLISH);
  }

  /// Why it may not use `right` in `place`, or null. Another workspace's registries do not exist
  /// for it.
  public @Nullable Problem refusal(Place place, Right right) {
    if (place.workspaceId() != account.workspaceId()) {
      return new Problem.NotFound("There is no such registry here. Check the URL.");
    }
    if (!limits().covers(place.registryId())) {
      return new Problem.Forbidden(
          "This token is limited to other registries: use one for this registry, or log in here.");
    }
    return grants.allow(account.rights(), place.registryId(), right)
        ? tokenRefusal(right, place.name())
        : missing(right, account.may(right) ? "in this registry" : "in this workspace");
  }

  /// Whether `right` was given to it in `place`, whatever its role.
  public boolean isGiven(Place place, Right right) {
    return grants.gives(place.registryId(), right) && refusal(place, right) == null;
  }

  /// Why it may not use `right` on the workspace as a whole, or null: a token for some registries
  /// manages nothing but those.
  public @Nullable Problem workspaceRefusal(Right right) {
    if (!limits().registries().isEmpty()) {
      return new Problem.Forbidden(
          "This token is limited to some registries: use one for the whole workspace.");
    }
    return account.may(right) ? tokenRefusal(right, null) : missing(right, "in this workspace");
  }

  /// Why it may not change its own account, make tokens or revoke others than itself, or null.
  public @Nullable Problem selfServiceRefusal() {
    return tokenRefusal(null);
  }

  private @Nullable Problem tokenRefusal(Right right, @Nullable PackageName name) {
    return right == Right.READ ? null : tokenRefusal(name);
  }

  /// Why the token may not change the package `name`, or, if that is null, anything else.
  private @Nullable Problem tokenRefusal(@Nullable PackageName name) {
    if (limits().readOnly()) {
      return new Problem.Forbidden("This token is read-only: use one that may write.");
    }
    return limits().covers(name)
        ? null
        : new Problem.Forbidden(
            "This token changes some packages only, and %s: use one that may."
                .formatted(name == null ? "this is none" : name + " is none of them"));
  }

  private Problem missing(Right right, String where) {
    return new Problem.Forbidden(
        "\"%s\" is %s %s and may not %s: ask an owner."
            .formatted(account.name(), account.roleName(), where, right.words()));
  }
}
