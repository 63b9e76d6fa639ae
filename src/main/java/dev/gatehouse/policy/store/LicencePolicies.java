package dev.gatehouse.policy.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The licence policies of a workspace by name: `use` in the policy `licences` of a registry, or in
/// the workspace's default, refers to one.
public final class LicencePolicies {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

  private final Policies policies;

  /// Works on what `policies` works on.
  public LicencePolicies(Policies policies) {
    this.policies = policies;
  }

  /// All of a workspace, by name.
  public List<NamedLicences> list(Workspace workspace) {
    return policies.read(handle ->
        handle
            .createQuery("SELECT * FROM licence_policy WHERE workspace_id = ? ORDER BY name")
            .bind(0, workspace.id())
            .map((row, _) -> PolicyRows.licences(row))
            .list());
  }

  /// The one of that name; a problem with a sentence if there is none.
  public NamedLicences require(Workspace workspace, String name) {
    return policies.read(handle -> {
      NamedLicences found = find(handle, workspace.id(), name);
      if (found == null) {
        throw missing(name);
      }
      return found;
    });
  }

  /// The registries that refer to the one of that name, and the workspace's default.
  public List<String> usedBy(Workspace workspace, String name) {
    return policies.read(handle -> referring(handle, workspace.id(), name));
  }

  /// Makes or changes one. What `settings` do not name stays as it is, and null takes it back.
  /// Gives those that refer to it.
  public List<String> set(Actor actor, Workspace workspace, String name, ObjectNode settings) {
    if (!NAME.matcher(name).matches()) {
      throw Policies.malformed(
          "\"%s\" is no name: write small letters, digits and hyphens, up to 50.".formatted(name));
    }
    return policies.change(handle -> {
      NamedLicences before = find(handle, workspace.id(), name);
      ObjectNode layer = before == null ? Catalogue.parse("{}") : before.layer();
      Draft.merge(layer, settings);
      NamedLicences.requireUsable(layer);
      handle
          .createUpdate(
              """
              INSERT INTO licence_policy (workspace_id, name, settings, changed, changed_by)
              VALUES (:workspace, :name, :settings, :changed, :by)
              ON CONFLICT (workspace_id, name) DO UPDATE SET settings = excluded.settings,
                changed = excluded.changed, changed_by = excluded.changed_by
              """)
          .bind("workspace", workspace.id())
          .bind("name", name)
          .bind("settings", layer.toString())
          .bind("changed", policies.now())
          .bind("by", actor.label())
          .execute();
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.set("settings", layer);
      policies.audit(
          handle, actor, new Trail.Entry(workspace.id(), "licences.set", name, details.toString()));
      List<String> referring = referring(handle, workspace.id(), name);
      if (!referring.isEmpty()) {
        policies.rescanAll(handle, workspace.id());
      }
      return referring;
    });
  }

  /// Forgets one; a problem with a sentence while somebody refers to it.
  public void delete(Actor actor, Workspace workspace, String name) {
    policies.change(handle -> {
      if (find(handle, workspace.id(), name) == null) {
        throw missing(name);
      }
      List<String> referring = referring(handle, workspace.id(), name);
      if (!referring.isEmpty()) {
        throw new ProblemException(
            new Problem.Conflict(
                "The licence policy \"%s\" is used by %s: set another one there first."
                    .formatted(name, String.join(", ", referring))));
      }
      handle.execute(
          "DELETE FROM licence_policy WHERE workspace_id = ? AND name = ?", workspace.id(), name);
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      policies.audit(
          handle,
          actor,
          new Trail.Entry(workspace.id(), "licences.delete", name, details.toString()));
      return name;
    });
  }

  /// Refuses settings of the policy `licences` that refer to nothing.
  static void requireReferred(Handle handle, long workspace, ObjectNode layer) {
    String use = NamedLicences.referred(layer);
    if (use != null && find(handle, workspace, use) == null) {
      throw missing(use);
    }
  }

  static ProblemException missing(String name) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no licence policy \"%s\": ./gatehouse licences list shows them."
                .formatted(name)));
  }

  private static @Nullable NamedLicences find(Handle handle, long workspace, String name) {
    return handle
        .createQuery("SELECT * FROM licence_policy WHERE workspace_id = ? AND name = ?")
        .bind(0, workspace)
        .bind(1, name)
        .map((row, _) -> PolicyRows.licences(row))
        .findOne()
        .orElse(null);
  }

  private record Reference(String by, String settings) {}

  private static List<String> referring(Handle handle, long workspace, String name) {
    return handle
        .createQuery(
            """
            SELECT 'registry "' || r.name || '"' AS called, p.settings
              FROM registry_policy p JOIN registry r ON r.id = p.registry_id
              WHERE r.workspace_id = :workspace AND p.policy = :policy
            UNION ALL
            SELECT 'the workspace''s default', settings FROM workspace_policy
              WHERE workspace_id = :workspace AND policy = :policy
            """)
        .bind("workspace", workspace)
        .bind("policy", PolicyName.LICENCES.text())
        .map((row, _) -> new Reference(row.getString("called"), row.getString("settings")))
        .stream()
        .filter(one -> name.equals(NamedLicences.referred(Catalogue.parse(one.settings()))))
        .map(Reference::by)
        .sorted()
        .toList();
  }
}
