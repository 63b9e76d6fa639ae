package dev.gatehouse.access.provider;

import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.logout.ProviderSessions;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The providers of all workspaces, one each at most. Owners alone see and change them.
public final class Providers {
  private static final int LONGEST_SECRET = 1_000;

  private final Database database;
  private final Trail trail;
  private final Vault vault;
  private final Runnable changed;
  private final ProviderSessions sessions;

  /// The providers in `database`, whose secrets `vault` seals. `changed` runs after every committed
  /// change: what remembers passwords forgets them there.
  public Providers(Database database, Trail trail, Vault vault, Runnable changed) {
    this.database = database;
    this.trail = trail;
    this.vault = vault;
    this.changed = changed;
    this.sessions = new ProviderSessions(database, trail);
  }

  /// What an owner wants.
  ///
  /// @param secret of the client; null keeps the one before, empty takes it away
  public record Wanted(ProviderSettings settings, @Nullable String secret) {
    @Override
    public String toString() {
      return "Wanted[settings=" + settings + ", secret=***]";
    }
  }

  /// That of the workspace, or null.
  public @Nullable Provider find(long workspaceId) {
    return database.read(handle -> ProviderRows.find(handle, workspaceId));
  }

  /// That of the workspace, or a not-found problem.
  public Provider require(long workspaceId) {
    Provider found = find(workspaceId);
    if (found == null) {
      throw missing();
    }
    return found;
  }

  /// Those of all workspaces that have one of these clients of that issuer.
  List<Provider> of(String issuer, List<String> clients) {
    return database.read(handle -> ProviderRows.of(handle, issuer, clients));
  }

  ProviderSessions sessions() {
    return sessions;
  }

  @Nullable Provider byId(long id) {
    return database.read(handle -> ProviderRows.byId(handle, id));
  }

  /// Sets it, in place of what `unchanged` agrees is still there. A secret goes to nobody but the
  /// issuer and client that it was given for: with another one it is given again.
  public Provider set(
      Actor actor, long workspaceId, Wanted wanted, Consumer<@Nullable Provider> unchanged) {
    String given = wanted.secret;
    if (given != null && given.length() > LONGEST_SECRET) {
      throw malformed("A client's secret has at most 1,000 characters.");
    }
    String sealed =
        given == null || given.isEmpty() || wanted.settings.saml() != null
            ? null
            : vault.seal(given.getBytes(StandardCharsets.UTF_8));
    Provider set =
        database.write(handle -> {
          AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
          // Of two owners at once the second sees what the first has set.
          handle.execute("UPDATE workspace SET name = name WHERE id = ?", workspaceId);
          Provider before = ProviderRows.find(handle, workspaceId);
          unchanged.accept(before);
          wanted
              .settings
              .roles()
              .values()
              .forEach(role -> AccountRows.current(handle, workspaceId, role));
          String secret = given == null ? kept(before, wanted.settings) : sealed;
          ProviderRows.put(handle, workspaceId, wanted.settings, secret, trail.clock().millis());
          Provider now = Objects.requireNonNull(ProviderRows.find(handle, workspaceId));
          forgetVisits(handle, now);
          if (before != null && isAnother(before.settings(), now.settings())) {
            sessions.endAll(handle, actor, workspaceId);
          }
          record(handle, actor, now, "provider.set");
          return now;
        });
    changed.run();
    return set;
  }

  /// Takes it away, and ends the sessions that came from it. Who has no password does not come in
  /// again.
  public void remove(Actor actor, long workspaceId) {
    database.write(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
      Provider before = ProviderRows.find(handle, workspaceId);
      if (before == null || handle.execute("DELETE FROM provider WHERE id = ?", before.id()) == 0) {
        throw missing();
      }
      forgetVisits(handle, before);
      sessions.endAll(handle, actor, workspaceId);
      return record(handle, actor, before, "provider.remove");
    });
    changed.run();
  }

  /// The secret of the client, or null.
  @Nullable String secret(Provider provider) {
    String sealed = provider.sealed();
    return sealed == null ? null : new String(vault.open(sealed), StandardCharsets.UTF_8);
  }

  private static @Nullable String kept(@Nullable Provider before, ProviderSettings now) {
    String secret = before == null ? null : before.sealed();
    if (before == null || secret == null || now.saml() != null) {
      return null;
    }
    if (isAnother(before.settings(), now)) {
      throw malformed(
          "The client's secret belongs to the issuer and client that it was given for: with another"
              + " one, give it again.");
    }
    return secret;
  }

  /// Whether others say who people are.
  private static boolean isAnother(ProviderSettings before, ProviderSettings now) {
    return !before.issuer().equals(now.issuer())
        || !before.clientId().equals(now.clientId())
        || (before.saml() == null) != (now.saml() == null);
  }

  /// Whoever is on their way began under other settings, and so did a second factor that counted.
  private static void forgetVisits(Handle handle, Provider provider) {
    handle.execute("DELETE FROM provider_visit WHERE provider_id = ?", provider.id());
    handle.execute(
        "UPDATE session SET factor = FALSE WHERE factor AND account_id IN"
            + " (SELECT id FROM account WHERE workspace_id = ?)",
        provider.workspaceId());
  }

  private boolean record(Handle handle, Actor actor, Provider provider, String action) {
    trail.add(
        handle,
        actor,
        new Trail.Entry(provider.workspaceId(), action, provider.settings().issuer(), ""));
    Changes.raise(database, handle, Changes.Topic.ACCESS);
    return true;
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound("This workspace has no provider to sign in with."));
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
