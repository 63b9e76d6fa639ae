package dev.gatehouse.access.provider;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Comparator;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which account somebody has whom a provider has proven, and with which role. An account is theirs
/// by a link alone. Their groups give the role anew each time; who is in no group that has one is
/// shut out until they are again. Whatever changes, its rows in the trail are of the same
/// transaction, also where the sign-in is refused.
final class Arrivals {
  private static final Actor ACTOR = new Actor.Job("single-sign-on");

  private final Database database;
  private final Trail trail;
  private final Accounts accounts;
  private final ProviderLinks links;

  Arrivals(Database database, Trail trail, Accounts accounts, ProviderLinks links) {
    this.database = database;
    this.trail = trail;
    this.accounts = accounts;
    this.links = links;
  }

  /// An account, or why there is none.
  private record Outcome(@Nullable Account account, String refusal) {
    static Outcome refused(String sentence) {
      return new Outcome(null, sentence);
    }
  }

  /// The account of `proven`, made if they are new here; refuses those who may not come in.
  Account arrive(Provider provider, ProvenIdentity proven) {
    Outcome outcome =
        database.write(handle -> {
          lock(handle, provider.workspaceId());
          ProviderLinks.Row link = ProviderLinks.find(handle, provider.workspaceId(), proven);
          Outcome found =
              link == null
                  ? welcome(handle, provider, proven)
                  : admit(handle, provider, proven, link);
          if (found.account == null) {
            refuse(handle, provider, proven);
          }
          return found;
        });
    accounts.reload();
    Account account = outcome.account;
    if (account == null) {
      throw new ProblemException(new Problem.Forbidden(outcome.refusal));
    }
    return account;
  }

  /// Links `account` with `proven`, for somebody who has shown that they are both.
  void link(Account account, Provider provider, ProvenIdentity proven) {
    if (role(provider.settings(), proven) == null) {
      throw new ProblemException(new Problem.Forbidden(outside(provider)));
    }
    database.write(handle -> {
      Account current = AccountGuard.lock(handle, account);
      links.insert(handle, current, proven.issuer(), proven.subject());
      var self = new Actor.User(current.id(), current.name(), null);
      return links.record(handle, self, current, "provider.link", proven.subject());
    });
  }

  /// The role of their groups that may do most, else the one of everybody; null: none. Whatever
  /// allows all that another does comes before it.
  private static Role.@Nullable Given role(ProviderSettings settings, ProvenIdentity proven) {
    Role fallback = settings.fallback();
    return proven.groups().stream()
        .map(settings.roles()::get)
        .filter(Objects::nonNull)
        .min(
            Comparator.comparingInt((Role.Given one) -> -one.rights().size())
                .thenComparing(one -> one.custom() != null)
                .thenComparing(Role.Given::label))
        .orElse(fallback == null ? null : Role.Given.of(fallback));
  }

  /// Why nobody gets `role`, or null.
  private static @Nullable String gone(Handle handle, Provider provider, Role.Given role) {
    CustomRole custom = role.custom();
    boolean isThere =
        custom == null || AccountRows.custom(handle, provider.workspaceId(), custom.id()) != null;
    return isThere
        ? null
        : "The role that your group has here was deleted: ask an owner of the workspace to give it"
            + " another one.";
  }

  /// Somebody new. A name that is taken is somebody else's, whoever claims it.
  private Outcome welcome(Handle handle, Provider provider, ProvenIdentity proven) {
    Role.Given role = role(provider.settings(), proven);
    if (role == null) {
      return Outcome.refused(outside(provider));
    }
    String gone = gone(handle, provider, role);
    if (gone != null) {
      return Outcome.refused(gone);
    }
    if (proven.name().isEmpty()) {
      return Outcome.refused(
          "\"%s\" does not tell a name that an account here could have: tell an owner, who can choose another claim."
              .formatted(provider.settings().name()));
    }
    if (AccountRows.find(handle, provider.workspaceId(), proven.name()) != null) {
      return Outcome.refused(
          "There is an account \"%s\" here, and nothing says that it is yours. If it is, sign in to it by password and link it under Your account; else ask an admin."
              .formatted(proven.name()));
    }
    var wanted = new NewAccount(proven.name(), role, null, proven.email());
    Account made = accounts.insert(handle, ACTOR, provider.workspaceId(), wanted, null);
    links.insert(handle, made, proven.issuer(), proven.subject());
    links.record(handle, ACTOR, made, "provider.link", proven.subject());
    links.seen(handle, made);
    return new Outcome(made, "");
  }

  /// Somebody who has been here before.
  private Outcome admit(
      Handle handle, Provider provider, ProvenIdentity proven, ProviderLinks.Row link) {
    Account account = Objects.requireNonNull(AccountRows.byId(handle, link.accountId()));
    Role.Given role = role(provider.settings(), proven);
    if (role == null) {
      shutOut(handle, account);
      return Outcome.refused(outside(provider));
    }
    String gone = gone(handle, provider, role);
    if (gone != null) {
      return Outcome.refused(gone);
    }
    if (!account.active()) {
      if (!link.shut()) {
        return Outcome.refused(
            "The account \"%s\" is deactivated: ask an owner of the workspace."
                .formatted(account.name()));
      }
      account = accounts.activate(handle, ACTOR, account);
    }
    // Somebody must be left who can set this right.
    boolean same = account.standing().isSame(role);
    if (!same && !AccountGuard.isLastOwner(handle, account)) {
      account = accounts.changeRole(handle, ACTOR, account, role);
    }
    links.seen(handle, account);
    return new Outcome(account, "");
  }

  private void shutOut(Handle handle, Account account) {
    if (account.active() && !AccountGuard.isLastOwner(handle, account)) {
      accounts.deactivate(handle, ACTOR, account);
      ProviderLinks.shut(handle, account);
    }
  }

  private void refuse(Handle handle, Provider provider, ProvenIdentity proven) {
    String details = "{\"subject\":\"" + ProviderLinks.quoted(proven.subject()) + "\"}";
    var entry = new Trail.Entry(provider.workspaceId(), "provider.refuse", proven.name(), details);
    trail.add(handle, ACTOR, entry);
  }

  /// Until the transaction ends, nobody else comes into the workspace or changes its accounts.
  private static void lock(Handle handle, long workspaceId) {
    handle.execute("UPDATE workspace SET name = name WHERE id = ?", workspaceId);
  }

  private static String outside(Provider provider) {
    return "\"%s\" knows you, and you are in none of the groups that may come in here: ask an owner of the workspace."
        .formatted(provider.settings().name());
  }
}
