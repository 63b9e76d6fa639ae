package dev.gatehouse.access.account;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Who may change which account, and what no change may bring about. All of it is asked inside of
/// the changing transaction, of the rows and never of what a caller has in hand.
public final class AccountGuard {
  /// What people do to their own account, whatever their role.
  private static final Set<String> BY_ONESELF = Set.of("account.password", "account.profile");

  private AccountGuard() {}

  /// The account as it stands now. Until the transaction ends, no other one changes accounts of the
  /// workspace: two owners who take each other's role at once would leave none.
  public static Account lock(Handle handle, Account account) {
    handle.execute("UPDATE workspace SET name = name WHERE id = ?", account.workspaceId());
    Account current = AccountRows.byId(handle, account.id());
    if (current == null) {
      throw new ProblemException(
          new Problem.NotFound("The user \"%s\" is gone.".formatted(account.name())));
    }
    return current;
  }

  /// Refuses an actor who may not do `action` to `target`.
  public static void requireMayChange(Handle handle, Actor actor, Account target, String action) {
    boolean oneself = actor instanceof Actor.User user && user.id() == target.id();
    if (!oneself) {
      requireManages(handle, actor, target.workspaceId(), target.role());
    } else if (!BY_ONESELF.contains(action)) {
      throw new ProblemException(
          new Problem.Forbidden("Nobody does this to their own account: ask somebody else to."));
    }
  }

  /// Refuses an actor who may not create accounts of `role` in the workspace, nor change them.
  public static void requireManages(Handle handle, Actor actor, long workspaceId, Role role) {
    boolean may =
        switch (actor) {
          case Actor.Operator _, Actor.Job _ -> true;
          case Actor.Anonymous _ -> false;
          case Actor.User(long id, _, _) -> {
            Account mine = AccountRows.byId(handle, id);
            yield mine != null
                && mine.active()
                && mine.workspaceId() == workspaceId
                && mine.role().manages(role);
          }
        };
    if (!may) {
      throw new ProblemException(
          new Problem.Forbidden(
              role == Role.OWNER
                  ? "Only owners manage the accounts of owners."
                  : "Only owners and admins manage accounts."));
    }
  }

  /// Refuses to take away the last active owner of a workspace.
  static void requireAnotherOwner(Handle handle, Account account) {
    if (isLastOwner(handle, account)) {
      throw new ProblemException(
          new Problem.Conflict(
              "\"%s\" is the last active owner: make somebody else an owner first."
                  .formatted(account.name())));
    }
  }

  /// Whether the workspace has no other active owner than `account`.
  public static boolean isLastOwner(Handle handle, Account account) {
    return account.role() == Role.OWNER
        && account.active()
        && AccountRows.in(handle, account.workspaceId()).stream()
            .noneMatch(one -> one.role() == Role.OWNER && one.active() && one.id() != account.id());
  }
}
