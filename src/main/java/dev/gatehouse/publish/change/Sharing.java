package dev.gatehouse.publish.change;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.packages.PackageEdits;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Who owns a package, and whether its publishers call it public, which opens nothing here.
public final class Sharing {
  private static final int MOST_OWNERS = 200;

  private final Editing editing;
  private final Accounts accounts;

  /// Changes through `editing`; owners are people among `accounts`.
  public Sharing(Editing editing, Accounts accounts) {
    this.editing = editing;
    this.accounts = accounts;
  }

  /// Makes `names` the only owners. `revision` is the one that the list was read in, or anything
  /// that is none.
  public Editing.Outcome owners(Edit edit, Collection<String> names, String revision) {
    var wanted = new TreeSet<>(names);
    requireAccounts(edit, wanted);
    return change(edit, revision, _ -> wanted);
  }

  /// Makes `account` one more owner.
  public Editing.Outcome addOwner(Edit edit, String account) {
    requireAccounts(edit, new TreeSet<>(List.of(account)));
    return change(
        edit,
        "",
        owners -> {
          owners.add(account);
          return owners;
        });
  }

  /// Makes `account` an owner no longer.
  public Editing.Outcome removeOwner(Edit edit, String account) {
    return change(
        edit,
        "",
        owners -> {
          if (!owners.remove(account)) {
            throw new ProblemException(
                new Problem.NotFound(
                    "%s is no owner of %s.".formatted(Quoted.quote(account), edit.name())));
          }
          return owners;
        });
  }

  /// Stores what `npm access` says, `public` or `restricted`.
  public void access(Edit edit, String access) {
    if (!access.equals("public") && !access.equals("restricted")) {
      throw new ProblemException(
          new Problem.Malformed(
              "The access must be public or restricted, not " + Quoted.quote(access) + "."));
    }
    editing.change(
        edit,
        draft -> {
          requirePublished(edit, draft);
          if (!access.equals(draft.hosted().access())) {
            draft.hosted(draft.hosted().withAccess(access));
            draft.note("package.access", "", Draft.details().put("access", access));
          }
        });
  }

  private Editing.Outcome change(Edit edit, String revision, UnaryOperator<Set<String>> operator) {
    return editing.change(
        edit,
        draft -> {
          requirePublished(edit, draft);
          RevisionMatch.require(edit, draft, revision);
          List<String> before = Packages.owners(draft.handle(), draft.id());
          Set<String> after = operator.apply(new TreeSet<>(before));
          requireOwners(edit, after);
          before.stream()
              .filter(one -> !after.contains(one))
              .forEach(one -> note(draft, false, one));
          after.stream()
              .filter(one -> !before.contains(one))
              .forEach(one -> note(draft, true, one));
          PackageEdits.owners(draft.handle(), draft.id(), List.copyOf(after));
        });
  }

  private static void note(Draft draft, boolean added, String owner) {
    draft.note(added ? "owner.add" : "owner.remove", "", Draft.details().put("owner", owner));
  }

  private static void requireOwners(Edit edit, Set<String> owners) {
    if (owners.isEmpty()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "%s must have an owner: add another one first.".formatted(edit.name())));
    }
    if (owners.size() > MOST_OWNERS) {
      throw new ProblemException(
          new Problem.TooLarge("A package has at most %d owners.".formatted(MOST_OWNERS)));
    }
  }

  /// New owners must be people who can do something. Who owns the package already may have left.
  private void requireAccounts(Edit edit, Set<String> names) {
    var added = new TreeSet<>(names);
    editing.look(edit, (handle, id) -> added.removeAll(Packages.owners(handle, id)));
    for (String name : added) {
      Account account = accounts.find(edit.registry().workspace().id(), name);
      if (account == null || !account.active()) {
        throw new ProblemException(
            new Problem.NotFound(
                "There is no user %s in this workspace who could own %s."
                    .formatted(Quoted.quote(name), edit.name())));
      }
    }
  }

  /// Refuses to share what was never published here.
  static void requirePublished(Edit edit, Draft draft) {
    if (!VersionEdits.any(draft.handle(), draft.id())) {
      throw Editing.notHosted(edit);
    }
  }
}
