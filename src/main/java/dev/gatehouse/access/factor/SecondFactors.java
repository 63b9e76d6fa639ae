package dev.gatehouse.access.factor;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The second factor of accounts. Its secret is sealed in the database; a code is accepted once,
/// and so is each of the recovery codes that stand in for a lost telephone, of which only hashes
/// are kept. Who guesses codes has ten attempts in a quarter of an hour.
///
/// Where a password alone would do, [#check] is asked; tokens and sessions were made by whoever has
/// passed it.
public final class SecondFactors {
  private static final int ATTEMPTS = 10;
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int LONGEST = 64;

  private final Database database;
  private final Trail trail;
  private final Vault vault;
  private final Runnable changed;
  private final Allowance attempts;

  /// The factors in `database`, sealed by `vault`. `changed` runs after every committed change:
  /// what remembers passwords forgets them there.
  public SecondFactors(Database database, Trail trail, Vault vault, Runnable changed) {
    this.database = database;
    this.trail = trail;
    this.vault = vault;
    this.changed = changed;
    this.attempts = new Allowance(trail.clock(), ATTEMPTS, WINDOW);
  }

  /// What an account has, and what it needs.
  ///
  /// @param on whether codes are asked for
  /// @param required whether the workspace wants that of everybody
  /// @param recoveryCodes how many are left
  public record Standing(boolean on, boolean required, int recoveryCodes) {
    /// Whether it has to be set up before anything else.
    public boolean isMissing() {
      return required && !on;
    }
  }

  /// A secret that was just drawn, as apps take it.
  public record Started(String secret) {
    @Override
    public String toString() {
      return "Started[secret=***]";
    }
  }

  /// How `account` stands.
  public Standing standing(Account account) {
    return database.read(handle -> standing(handle, account));
  }

  /// The ids of the accounts in a workspace that have one.
  public Set<Long> of(long workspaceId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT account.id FROM second_factor
                  JOIN account ON account.id = second_factor.account_id
                WHERE account.workspace_id = ? AND second_factor.confirmed IS NOT NULL
                """)
            .bind(0, workspaceId)
            .mapTo(Long.class)
            .set());
  }

  /// Draws a secret for `account`; nothing is asked for before [#confirm].
  public Started start(Account account) {
    byte[] secret = Totp.draw();
    String sealed = vault.seal(secret);
    database.write(handle -> {
      Standing standing = standing(handle, account);
      if (standing.on()) {
        throw conflict("Your second factor is on already: switch it off first.");
      }
      handle.execute("DELETE FROM second_factor WHERE account_id = ?", account.id());
      return handle.execute(
          "INSERT INTO second_factor (account_id, sealed, created, last_step) VALUES (?, ?, ?, 0)",
          account.id(),
          sealed,
          trail.clock().millis());
    });
    return new Started(Totp.base32(secret));
  }

  /// Switches the factor on by a first code. Returns the recovery codes, which are shown once.
  public List<String> confirm(Account account, String code) {
    count(account);
    List<String> codes =
        database.<List<String>>write(handle -> {
          FactorRows.Row row = FactorRows.find(handle, account.id());
          if (row == null || row.confirmed()) {
            throw conflict("There is nothing to confirm: begin again.");
          }
          if (!FactorRows.spendStep(handle, account.id(), step(row, plain(code)))) {
            throw wrong();
          }
          handle.execute(
              "UPDATE second_factor SET confirmed = ? WHERE account_id = ?",
              trail.clock().millis(),
              account.id());
          record(handle, self(account), account, "second-factor.on");
          return FactorRows.drawCodes(handle, account.id());
        });
    attempts.forget(key(account));
    changed.run();
    return codes;
  }

  /// Asks for the second factor of somebody who has given their password: nothing happens if they
  /// have none, or `code` is right; [Problem.SecondFactorNeeded] otherwise.
  public void check(Account account, @Nullable String code) {
    if (!standing(account).on()) {
      return;
    }
    if (code == null || code.isBlank()) {
      throw new ProblemException(
          new Problem.SecondFactorNeeded(
              "A one-time password is needed: the code that your authenticator app shows."));
    }
    require(account, code);
  }

  /// Why a password alone is not enough for `account`, or null if it is. For clients that send it
  /// with each request, and cannot be asked.
  public @Nullable Problem refusalOfPassword(Account account) {
    Standing standing = standing(account);
    return standing.on() || standing.required()
        ? new Problem.Unauthenticated(
            "The account \"%s\" has a second factor, so its password is not enough here: log in, or"
                    .formatted(account.name())
                + " use a token.")
        : null;
  }

  /// Draws new recovery codes, by a code; the ones before end.
  public List<String> redraw(Account account, String code) {
    requireOn(account);
    require(account, code);
    return database.<List<String>>write(handle -> {
      record(handle, self(account), account, "second-factor.recovery-codes");
      return FactorRows.drawCodes(handle, account.id());
    });
  }

  /// Switches one's own off, by a code.
  public void end(Account account, String code) {
    requireOn(account);
    if (standing(account).required()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Your workspace wants a second factor of everybody: an admin can reset it if your"
                  + " telephone is lost."));
    }
    require(account, code);
    database.write(handle -> {
      FactorRows.delete(handle, account.id());
      return record(handle, self(account), account, "second-factor.off");
    });
    changed.run();
  }

  /// Takes the factor of somebody who has lost theirs away, and signs them out.
  public void reset(Actor actor, Account account) {
    database.write(handle -> {
      Account current = AccountGuard.lock(handle, account);
      AccountGuard.requireMayChange(handle, actor, current, "second-factor.reset");
      if (FactorRows.delete(handle, account.id()) == 0) {
        throw conflict("\"%s\" has no second factor.".formatted(account.name()));
      }
      handle.execute("DELETE FROM session WHERE account_id = ?", account.id());
      return record(handle, actor, account, "second-factor.reset");
    });
    attempts.forget(key(account));
    changed.run();
  }

  /// Whether everybody in that workspace needs one.
  public boolean areRequired(long workspaceId) {
    return database.read(handle -> FactorRows.areRequired(handle, workspaceId));
  }

  /// Wants one of everybody in the workspace, or no longer. For owners.
  public void setRequired(Actor actor, long workspaceId, boolean required) {
    database.write(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.OWNER);
      if (FactorRows.areRequired(handle, workspaceId) == required) {
        return 0;
      }
      trail.add(
          handle,
          actor,
          new Trail.Entry(workspaceId, "second-factor.require", Boolean.toString(required), ""));
      Changes.raise(database, handle, Changes.Topic.ACCESS);
      return handle.execute(
          "UPDATE workspace SET second_factor = ? WHERE id = ?", required, workspaceId);
    });
    changed.run();
  }

  private void require(Account account, String code) {
    count(account);
    String plain = plain(code);
    boolean right =
        database.write(handle -> {
          FactorRows.Row row = FactorRows.find(handle, account.id());
          if (row == null || !row.confirmed()) {
            return false;
          }
          if (plain.matches("\\d{6}")) {
            return FactorRows.spendStep(handle, account.id(), step(row, plain));
          }
          if (!FactorRows.spendCode(handle, account.id(), Secrets.sha256(plain))) {
            return false;
          }
          record(handle, self(account), account, "second-factor.recovery-code");
          return true;
        });
    if (!right) {
      throw wrong();
    }
    attempts.forget(key(account));
  }

  private void requireOn(Account account) {
    if (!standing(account).on()) {
      throw conflict("Your second factor is not on.");
    }
  }

  private void count(Account account) {
    attempts.take(
        key(account),
        "Too many wrong codes. Try again in a quarter of an hour; tokens work meanwhile.");
  }

  private long step(FactorRows.Row row, String code) {
    return Totp.step(vault.open(row.sealed()), code, trail.clock().millis());
  }

  private static Standing standing(Handle handle, Account account) {
    FactorRows.Row row = FactorRows.find(handle, account.id());
    return new Standing(
        row != null && row.confirmed(),
        FactorRows.areRequired(handle, account.workspaceId()),
        FactorRows.codes(handle, account.id()));
  }

  /// People write codes in groups, and in capitals.
  private static String plain(String code) {
    String plain = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    return plain.length() > LONGEST ? "" : plain;
  }

  private static String key(Account account) {
    return Long.toString(account.id());
  }

  private static Actor.User self(Account account) {
    return new Actor.User(account.id(), account.name(), null);
  }

  private boolean record(Handle handle, Actor actor, Account account, String action) {
    trail.add(handle, actor, new Trail.Entry(account.workspaceId(), action, account.name(), ""));
    Changes.raise(database, handle, Changes.Topic.ACCESS);
    return true;
  }

  private static ProblemException wrong() {
    return new ProblemException(
        new Problem.SecondFactorNeeded(
            "The one-time password is wrong, or was used before: wait for the next one."));
  }

  private static ProblemException conflict(String sentence) {
    return new ProblemException(new Problem.Conflict(sentence));
  }
}
