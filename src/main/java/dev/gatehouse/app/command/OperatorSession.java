package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.token.Tokens;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Workspace;
import java.time.Clock;

/// An open database and the services over it, for the length of one command.
record OperatorSession(
    Database database,
    Clock clock,
    Workspace workspace,
    Registries registries,
    Accounts accounts,
    Tokens tokens)
    implements AutoCloseable {
  static final Actor ACTOR = new Actor.Operator();

  /// Takes `database` over; it is closed with the session, also if the workspace is not there.
  static OperatorSession open(Database database, OperatorContext context, String workspace) {
    try {
      var trail = new Trail(context.clock());
      // Nothing is held in memory here; servers are told through the database.
      Runnable changed = () -> {};
      return new OperatorSession(
          database,
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
