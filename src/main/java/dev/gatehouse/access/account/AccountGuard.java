package dev.gatehouse.access.account;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.EnumSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
      requireManages(handle, actor, target.workspaceId(), everything(handle, target));
    } else if (!BY_ONESELF.contains(action)) {
      throw new ProblemException(
          new Problem.Forbidden("Nobody does this to their own account: ask somebody else to."));
    }
  }

  /// Refuses an actor who may not create accounts of `role` in the workspace, nor change them.
  public static void requireManages(Handle handle, Actor actor, long workspaceId, Role role) {
    requireManages(handle, actor, workspaceId, role.rights());
  }

  /// Refuses an actor who does not manage accounts in the workspace, or may themselves do less than
  /// `rights` there: nobody gives what they do not have, nor gets hold of whoever has it.
  public static void requireManages(
      Handle handle, Actor actor, long workspaceId, Set<Right> rights) {
    Set<Right> own =
        switch (actor) {
          case Actor.Operator _, Actor.Job _ -> Role.OWNER.rights();
          case Actor.Anonymous _ -> Set.of();
          case Actor.User(long id, _, _) -> own(AccountRows.byId(handle, id), workspaceId);
        };
    if (own.contains(Right.MANAGE_ACCOUNTS) && own.containsAll(rights)) {
      return;
    }
    String refusal = "This is about rights that you do not have yourself: ask an owner.";
    if (rights.contains(Right.MANAGE_OWNERS)) {
      refusal = "Only owners manage the accounts of owners.";
    } else if (!own.contains(Right.MANAGE_ACCOUNTS)) {
      refusal = "Only owners and admins manage accounts.";
    }
    throw new ProblemException(new Problem.Forbidden(refusal));
  }

  private static Set<Right> own(@Nullable Account mine, long workspaceId) {
    return mine != null && mine.active() && mine.workspaceId() == workspaceId
        ? mine.rights()
        : Set.of();
  }

  /// Everything that `account` may do anywhere in its workspace.
  private static Set<Right> everything(Handle handle, Account account) {
    Set<Right> all = EnumSet.copyOf(account.rights());
    all.addAll(Grants.of(handle, account.id()).all());
    return all;
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
