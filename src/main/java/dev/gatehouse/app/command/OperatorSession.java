package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.token.Tokens;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.signing.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/// An open database and the services over it, for the length of one command.
///
/// @param data the server's data directory
public record OperatorSession(
    Database database,
    Path data,
    Clock clock,
    Workspace workspace,
    Registries registries,
    Accounts accounts,
    Tokens tokens)
    implements AutoCloseable {
  /// Who operators are in the trail.
  public static final Actor ACTOR = new Actor.Operator();

  /// Takes `database` over; it is closed with the session, also if the workspace is not there.
  static OperatorSession open(
      Database database, Path data, OperatorContext context, String workspace) {
    try {
      var trail = new Trail(context.clock());
      // Nothing is held in memory here; servers are told through the database.
      Runnable changed = () -> {};
      return new OperatorSession(
          database,
          data,
          context.clock(),
          workspace(database, workspace),
          new Registries(database, context.clock()),
          new Accounts(database, trail, new Passwords(), changed),
          new Tokens(database, trail, changed));
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
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
    database.close();
  }

  private static Workspace workspace(Database database, String name) {
    return database
        .read(handle ->
            handle
                .createQuery("SELECT id FROM workspace WHERE name = ?")
                .bind(0, name)
                .mapTo(Long.class)
                .findOne())
        .map(id -> new Workspace(id, name))
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound(
                    "There is no workspace \"%s\". The first run of `gatehouse serve` makes"
                            .formatted(name)
                        + " \"default\".")));
  }
}
