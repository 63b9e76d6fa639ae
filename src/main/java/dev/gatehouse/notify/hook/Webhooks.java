package dev.gatehouse.notify.hook;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.db.Work;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.inbox.Notices;
import dev.gatehouse.notify.mail.Mailbag;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The webhooks of all workspaces. Whether anybody listens is known in memory, so that publishing
/// costs nothing where nobody does.
public final class Webhooks {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int MOST = 50;

  private final Database database;
  private final Vault vault;
  private final Trail trail;
  private volatile Set<Long> heard;

  /// The webhooks in `database`, whose addresses and secrets `vault` seals.
  public Webhooks(Database database, Vault vault, Trail trail) {
    this.database = database;
    this.vault = vault;
    this.trail = trail;
    this.heard = database.read(Webhooks::heard);
  }

  /// What a new one shall be.
  public record Wanted(String name, URI url, Form form, Choice choice) {}

  /// One that was made, with its secret, which is not shown again.
  public record Added(Webhook webhook, String secret) {
    @Override
    public String toString() {
      return "Added[" + webhook + "]";
    }
  }

  /// Whether anybody wants to be told what happens in the workspace. Never blocks.
  public boolean isHeard(long workspaceId) {
    return heard.contains(workspaceId);
  }

  /// Reads again who listens, as after another process has changed it.
  public synchronized void reload() {
    heard = database.read(Webhooks::heard);
  }

  /// Those of a workspace, by name.
  public List<Webhook> list(Workspace workspace) {
    return database.read(handle -> WebhookRows.list(handle, workspace.id()));
  }

  /// The one called `name`, or a not-found problem.
  public Webhook require(Workspace workspace, String name) {
    return database.read(handle -> require(handle, workspace, name));
  }

  /// Makes one, with a new secret.
  public Added add(Actor actor, Workspace workspace, Wanted wanted) {
    requireName(wanted.name());
    String secret = Signature.secret();
    var target = new Target(wanted.url(), secret);
    Webhook made =
        change(handle -> {
          requireRoom(handle, workspace, wanted.name());
          var webhook =
              new Webhook(
                  0,
                  workspace.id(),
                  workspace.name(),
                  wanted.name(),
                  target.origin(),
                  wanted.form(),
                  wanted.choice(),
                  true,
                  new Webhook.Made(trail.clock().instant(), actor.label()));
          WebhookRows.add(handle, webhook, target.seal(vault));
          audit(handle, actor, webhook, "webhook.add");
          return require(handle, workspace, wanted.name());
        });
    return new Added(made, secret);
  }

  /// Tells it of other things from now on, or of nothing while it is not active.
  public Webhook change(
      Actor actor, Workspace workspace, String name, @Nullable Choice choice, boolean active) {
    return change(handle -> {
      Webhook webhook = require(handle, workspace, name);
      WebhookRows.change(handle, webhook.id(), choice == null ? webhook.choice() : choice, active);
      audit(handle, actor, webhook, "webhook.change");
      return require(handle, workspace, name);
    });
  }

  /// Its receiver is gone: it is told nothing any more.
  void switchOff(Actor actor, Webhook webhook) {
    change(handle -> {
      WebhookRows.change(handle, webhook.id(), webhook.choice(), false);
      audit(handle, actor, webhook, "webhook.off");
      return webhook;
    });
  }

  /// Removes one, with what was still to be delivered.
  public void remove(Actor actor, Workspace workspace, String name) {
    change(handle -> {
      Webhook webhook = require(handle, workspace, name);
      WebhookRows.remove(handle, webhook.id());
      audit(handle, actor, webhook, "webhook.remove");
      return webhook;
    });
  }

  /// Sends a message that tells of nothing, also to one that is not active. Returns the number of
  /// the delivery.
  public long test(Actor actor, Workspace workspace, String name) {
    return database.write(handle -> {
      Webhook webhook = require(handle, workspace, name);
      audit(handle, actor, webhook, "webhook.test");
      return Outbox.put(handle, webhook, new Event.Test(actor.label()), trail.clock().instant());
    });
  }

  /// Where that one sends to, with what signs it; null if it is gone.
  @Nullable Addressed find(long id) {
    WebhookRows.Sealed found = database.read(handle -> WebhookRows.find(handle, id));
    return found == null
        ? null
        : new Addressed(found.webhook(), Target.open(vault, found.target()));
  }

  record Addressed(Webhook webhook, Target target) {}

  private static Set<Long> heard(Handle handle) {
    Set<Long> all = new HashSet<>(WebhookRows.heard(handle));
    all.addAll(Mailbag.heard(handle));
    all.addAll(Notices.heard(handle));
    return Set.copyOf(all);
  }

  private <R> R change(Work<R> work) {
    R result =
        database.write(handle -> {
          R done = work.run(handle);
          Changes.raise(database, handle, Changes.Topic.WEBHOOKS);
          return done;
        });
    reload();
    return result;
  }

  private static Webhook require(Handle handle, Workspace workspace, String name) {
    return WebhookRows.list(handle, workspace.id()).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound(
                    "There is no webhook of that name in the workspace \"%s\": list them to see."
                        .formatted(workspace.name()))));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          new Problem.Malformed(
              "A webhook's name begins with a small letter or digit and goes on with small letters,"
                  + " digits, \".\", \"_\" and \"-\", 64 at most."));
    }
  }

  private static void requireRoom(Handle handle, Workspace workspace, String name) {
    // The lock that both databases have.
    handle.execute("UPDATE workspace SET created = created WHERE id = ?", workspace.id());
    List<Webhook> all = WebhookRows.list(handle, workspace.id());
    if (all.stream().anyMatch(one -> one.name().equals(name))) {
      throw new ProblemException(
          new Problem.Conflict(
              "There is a webhook \"%s\" already: choose another name.".formatted(name)));
    }
    if (all.size() >= MOST) {
      throw new ProblemException(
          new Problem.Conflict(
              "A workspace has %d webhooks at most: remove one that is not needed."
                  .formatted(MOST)));
    }
  }

  private void audit(Handle handle, Actor actor, Webhook webhook, String action) {
    String subject = webhook.name() + " " + webhook.origin();
    trail.add(handle, actor, new Trail.Entry(webhook.workspaceId(), action, subject, ""));
  }
}
