package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.team.Rights;
import dev.gatehouse.access.token.Tokens;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.db.edit.EditTurns;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Cloner;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.registries.signing.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// An open database and the services over it, for the length of one command.
///
/// @param data the server's data directory
/// @param turn until it ends, nobody changes the workspace by what they saw of it; null: they may
public record OperatorSession(
    Database database,
    Path data,
    Clock clock,
    Workspace workspace,
    Registries registries,
    Accounts accounts,
    Tokens tokens,
    EditTurns.@Nullable Turn turn)
    implements AutoCloseable {
  /// Who operators are in the trail.
  public static final Actor ACTOR = new Actor.Operator();

  /// Takes `database` over; it is closed with the session, also if the workspace is not there.
  /// `turn` waits until nobody else changes the workspace by what they saw of it.
  static OperatorSession open(Database database, Path data, OperatorContext context, Named named) {
    EditTurns.Turn turn = null;
    try {
      Workspace workspace = workspace(database, named.workspace);
      turn = named.inTurn ? turn(database, workspace) : null;
      var trail = new Trail(context.clock());
      // Nothing is held in memory here; servers are told through the database.
      Runnable changed = () -> {};
      return new OperatorSession(
          database,
          data,
          context.clock(),
          workspace,
          new Registries(database, context.clock()),
          new Accounts(database, trail, new Passwords(), changed),
          new Tokens(database, trail, changed),
          turn);
    } catch (RuntimeException failure) {
      end(turn);
      database.close();
      throw failure;
    }
  }

  /// Which workspace to work in, and whether to take its turn.
  record Named(String workspace, boolean inTurn) {}

  private static EditTurns.Turn turn(Database database, Workspace workspace) {
    try {
      return database.edits().take(workspace.id());
    } catch (TimeoutException _) {
      throw new ProblemException(
          new Problem.Conflict("Others are changing this workspace: try again in a moment."));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Problem.Conflict("The command was stopped."));
    }
  }

  private static void end(EditTurns.@Nullable Turn turn) {
    if (turn != null) {
      turn.close();
    }
  }

  /// The registry called `name` in this workspace, or a not-found problem with a sentence.
  public Registry registry(String name) {
    return registries.require(workspace.name(), name);
  }

  /// The operations on upstreams. They need the server's key for credentials, which only its data
  /// directory holds; a new one, made elsewhere, would seal what the server cannot open.
  public Upstreams upstreams() {
    return new Upstreams(registries, vault());
  }

  /// The keys that versions are signed with. They need the server's key as upstreams do.
  public SigningKeys signingKeys() {
    return new SigningKeys(database, vault(), new Trail(clock));
  }

  /// Invitations, which rest on the rights of somebody in the workspace.
  Invitations invitations() {
    return new Invitations(database, new Trail(clock), accounts);
  }

  /// Teams, roles that owners make, and permissions for single registries.
  public Rights rights() {
    return Rights.over(database, new Trail(clock), () -> {});
  }

  /// What makes registries that are set up as others are.
  public Cloner cloner() {
    return new Cloner(database, registries, new Trail(clock), List.of());
  }

  /// The second factors of accounts, to be taken away.
  SecondFactors secondFactors() {
    return new SecondFactors(database, new Trail(clock), vault(), () -> {});
  }

  /// The webhooks of all workspaces. They need the server's key as upstreams do.
  public Webhooks webhooks() {
    return new Webhooks(database, vault(), new Trail(clock));
  }

  private Vault vault() {
    if (!Files.isDirectory(data) || !Files.exists(new DataDirectory(data).credentialKey())) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no credentials.key in \"%s\": name the server's data directory by --data."
                  .formatted(data)));
    }
    return Vault.open(new DataDirectory(data).credentialKey());
  }

  /// The policies of all registries.
  public Policies policies() {
    return new Policies(database, clock);
  }

  /// The server's store. Refused if it is not there: an empty one would be made.
  public Blobs blobs() {
    if (!Files.isDirectory(data.resolve("store"))) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no store in \"%s\": name the server's data directory by --data."
                  .formatted(data)));
    }
    return new Blobs(new DataDirectory(data).store());
  }

  @Override
  public void close() {
    end(turn);
    database.close();
  }

  private static Workspace workspace(Database database, String name) {
    Workspace found = new Workspaces(database).find(name);
    if (found == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no workspace \"%s\". The first run of `gatehouse serve` makes"
                      .formatted(name)
                  + " \"default\"."));
    }
    return found;
  }
}
