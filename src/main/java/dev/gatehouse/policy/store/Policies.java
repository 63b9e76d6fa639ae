package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Work;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.hook.Outbox;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/// The policies of all registries: their rules in memory for every request, and the operations that
/// change them. Each change is written, audited and told to other processes in one transaction, and
/// holds here from the next request on.
public final class Policies {
  /// The kind of the jobs that look again at what registries have whose policies have changed. The
  /// payload is the registry's id, perhaps with the name of the package after which to go on.
  public static final String RESCAN = "rescan";

  private final Database database;
  private final Trail trail;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile PolicySnapshot snapshot;

  /// The policies in `database`.
  public Policies(Database database, Clock clock) {
    this.database = database;
    this.trail = new Trail(clock);
    this.snapshot = database.read(PolicyRows::snapshot);
  }

  /// The rules of `registry` as they stand now. Never blocks.
  public Rules rules(Registry registry) {
    return snapshot.rules(registry);
  }

  /// The rules that `registry` would have if each of `drafts` were set, and nothing else; a problem
  /// with a sentence if one could not be.
  public Rules draft(Registry registry, List<Draft> drafts) {
    PolicySnapshot drafted = snapshot;
    for (Draft one : drafts) {
      drafted = drafted.with(registry, one);
    }
    return drafted.rules(registry);
  }

  /// All policies of `registry` as they stand now, those that are off too.
  public List<PolicyState> states(Registry registry) {
    return snapshot.states(registry);
  }

  /// Runs `listener` after every change.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Reads everything again, as after another process has changed it.
  public void reload() {
    synchronized (listeners) {
      // One after the other: what was read first must not be set last.
      snapshot = database.read(PolicyRows::snapshot);
    }
    listeners.forEach(Runnable::run);
  }

  /// Sets a policy of `registry`. `settings` holds what shall differ from what the registry
  /// inherits; what is not named stays as it is, and null takes a setting back.
  public void set(
      Actor actor, Registry registry, PolicyName policy, Mode mode, ObjectNode settings) {
    long workspace = registry.workspace().id();
    var owner = new Owner(Table.REGISTRY_POLICY, registry.id(), workspace, registry.name());
    set(actor, owner, policy, mode, settings);
  }

  /// Sets a policy for all registries of `workspace` that do not set it themselves.
  public void setDefault(
      Actor actor, Workspace workspace, PolicyName policy, Mode mode, ObjectNode settings) {
    var owner = new Owner(Table.WORKSPACE_POLICY, workspace.id(), workspace.id(), "*");
    set(actor, owner, policy, mode, settings);
  }

  /// Lets `registry` inherit a policy again.
  public void inherit(Actor actor, Registry registry, PolicyName policy) {
    change(handle -> {
      handle.execute(
          "DELETE FROM registry_policy WHERE registry_id = ? AND policy = ?",
          registry.id(),
          policy.text());
      rescan(handle, List.of(registry.id()));
      audit(handle, actor, registry, "policy.inherit", policy.text());
      return policy;
    });
  }

  /// Whose policy it is, and where that is stored.
  private record Owner(Table table, long id, long workspace, String name) {}

  private enum Table {
    WORKSPACE_POLICY("workspace_id"),
    REGISTRY_POLICY("registry_id");

    private final String column;

    Table(String column) {
      this.column = column;
    }

    String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private void set(Actor actor, Owner owner, PolicyName policy, Mode mode, ObjectNode settings) {
    change(handle -> {
      ObjectNode layer = new Draft(policy, mode, settings).over(stored(handle, owner, policy));
      if (policy == PolicyName.LICENCES) {
        LicencePolicies.requireReferred(handle, owner.workspace(), layer);
      }
      String modeText = mode.name().toLowerCase(Locale.ROOT);
      handle
          .createUpdate(
              """
              INSERT INTO %s (%s, policy, mode, settings, changed, changed_by)
              VALUES (:owner, :policy, :mode, :settings, :changed, :by)
              ON CONFLICT (%s, policy) DO UPDATE SET mode = excluded.mode,
                settings = excluded.settings, changed = excluded.changed,
                changed_by = excluded.changed_by
              """
                  .formatted(owner.table().sql(), owner.table().column, owner.table().column))
          .bind("owner", owner.id())
          .bind("policy", policy.text())
          .bind("mode", modeText)
          .bind("settings", layer.toString())
          .bind("changed", trail.clock().millis())
          .bind("by", actor.label())
          .execute();
      switch (owner.table()) {
        case REGISTRY_POLICY -> rescan(handle, List.of(owner.id()));
        case WORKSPACE_POLICY -> rescanAll(handle, owner.workspace());
      }
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.put("registry", owner.name()).put("mode", modeText).set("settings", layer);
      trail.add(
          handle,
          actor,
          new Trail.Entry(owner.workspace(), "policy.set", policy.text(), details.toString()));
      return policy;
    });
  }

  /// Has everything looked at again that the registries of a workspace have.
  void rescanAll(Handle handle, long workspaceId) {
    rescan(
        handle,
        handle
            .createQuery("SELECT id FROM registry WHERE workspace_id = ? ORDER BY id")
            .bind(0, workspaceId)
            .mapTo(Long.class)
            .list());
  }

  private void rescan(Handle handle, List<Long> registryIds) {
    registryIds.forEach(id -> Jobs.addOnce(handle, RESCAN, Long.toString(id), now()));
  }

  private static ObjectNode stored(Handle handle, Owner owner, PolicyName policy) {
    return handle
        .createQuery(
            "SELECT settings FROM %s WHERE %s = :owner AND policy = :policy"
                .formatted(owner.table().sql(), owner.table().column))
        .bind("owner", owner.id())
        .bind("policy", policy.text())
        .mapTo(String.class)
        .findOne()
        .map(Catalogue::parse)
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /// Runs `work` in a transaction that tells other processes, and reloads.
  <R> R change(Work<R> work) {
    R result =
        database.write(handle -> {
          R done = work.run(handle);
          Changes.raise(database, handle, Changes.Topic.POLICIES);
          return done;
        });
    reload();
    return result;
  }

  /// Reads from the database itself.
  <R> R read(Work<R> work) {
    return database.read(work);
  }

  /// Now, in milliseconds.
  long now() {
    return trail.clock().millis();
  }

  void audit(Handle handle, Actor actor, Registry registry, String action, String subject) {
    ObjectNode details = JsonNodeFactory.instance.objectNode().put("registry", registry.name());
    audit(
        handle,
        actor,
        new Trail.Entry(registry.workspace().id(), action, subject, details.toString()));
  }

  void audit(Handle handle, Actor actor, Trail.Entry entry) {
    trail.add(handle, actor, entry);
  }

  /// Tells whoever wants to know, with the transaction of `handle`.
  void tell(Handle handle, Registry registry, Event event) {
    Outbox.tell(handle, registry.workspace().id(), event, trail.clock().instant());
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
