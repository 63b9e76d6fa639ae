package dev.gatehouse.policy.store;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.decision.NarrowRange;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.Waiver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the tables of this package.
final class PolicyRows {
  private PolicyRows() {}

  static PolicySnapshot snapshot(Handle handle) {
    return new PolicySnapshot(
        policies(handle, "workspace_policy", "workspace_id"),
        policies(handle, "registry_policy", "registry_id"),
        licences(handle),
        decisions(handle));
  }

  private static Map<Long, Map<String, NamedLicences>> licences(Handle handle) {
    Map<Long, Map<String, NamedLicences>> all = new HashMap<>();
    handle
        .createQuery("SELECT * FROM licence_policy")
        .map((row, _) -> {
          NamedLicences one = licences(row);
          return all.computeIfAbsent(row.getLong("workspace_id"), _ -> new HashMap<>())
              .put(one.name(), one);
        })
        .list();
    return all;
  }

  static NamedLicences licences(ResultSet row) throws SQLException {
    return new NamedLicences(
        row.getString("name"),
        row.getString("settings"),
        new StoredPolicy.Change(instant(row, "changed"), row.getString("changed_by")));
  }

  private static Map<Long, Map<PolicyName, StoredPolicy>> policies(
      Handle handle, String table, String owner) {
    Map<Long, Map<PolicyName, StoredPolicy>> all = new HashMap<>();
    handle
        .createQuery("SELECT * FROM " + table)
        .map((row, _) -> {
          StoredPolicy stored = policy(row);
          if (stored != null) {
            all.computeIfAbsent(row.getLong(owner), _ -> new EnumMap<>(PolicyName.class))
                .put(stored.policy(), stored);
          }
          return row.getLong(owner);
        })
        .list();
    return all;
  }

  /// Null for a policy that only a newer program knows.
  private static @Nullable StoredPolicy policy(ResultSet row) throws SQLException {
    PolicyName name = PolicyName.parse(row.getString("policy"));
    return name == null
        ? null
        : new StoredPolicy(
            name,
            Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
            row.getString("settings"),
            new StoredPolicy.Change(instant(row, "changed"), row.getString("changed_by")));
  }

  private static Map<Long, Decisions> decisions(Handle handle) {
    Map<Long, Map<String, List<Waiver>>> waivers = new HashMap<>();
    Map<Long, Map<String, Map<String, VersionDecision>>> versions = new HashMap<>();
    handle
        .createQuery("SELECT * FROM waiver WHERE state = 'approved'")
        .map((row, _) -> {
          StoredWaiver stored = waiver(row);
          NarrowRange range = NarrowRange.parse(stored.request().range());
          if (range != null) {
            StoredWaiver.Request asked = stored.request();
            waivers
                .computeIfAbsent(row.getLong("registry_id"), _ -> new HashMap<>())
                .computeIfAbsent(asked.name(), _ -> new ArrayList<>())
                .add(new Waiver(stored.id(), asked.name(), range, asked.policy(), asked.until()));
          }
          return stored;
        })
        .list();
    handle
        .createQuery("SELECT * FROM version_decision")
        .map((row, _) -> {
          StoredDecision stored = decision(row);
          return versions
              .computeIfAbsent(row.getLong("registry_id"), _ -> new HashMap<>())
              .computeIfAbsent(stored.name(), _ -> new HashMap<>())
              .put(stored.version(), stored.decision());
        })
        .list();
    return joined(waivers, versions);
  }

  private static Map<Long, Decisions> joined(
      Map<Long, Map<String, List<Waiver>>> waivers,
      Map<Long, Map<String, Map<String, VersionDecision>>> versions) {
    Map<Long, Decisions> all = new HashMap<>();
    for (long registry : union(waivers.keySet(), versions.keySet())) {
      Map<String, List<Waiver>> opened = waivers.getOrDefault(registry, Map.of());
      Map<String, Map<String, VersionDecision>> decided = versions.getOrDefault(registry, Map.of());
      Map<String, Decisions.OfPackage> byName = new HashMap<>();
      for (String name : union(opened.keySet(), decided.keySet())) {
        byName.put(
            name,
            new Decisions.OfPackage(
                opened.getOrDefault(name, List.of()), decided.getOrDefault(name, Map.of())));
      }
      all.put(registry, new Decisions(byName));
    }
    return all;
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  static StoredWaiver waiver(ResultSet row) throws SQLException {
    String by = row.getString("decided_by");
    var request =
        new StoredWaiver.Request(
            row.getString("package"),
            row.getString("version_range"),
            PolicyName.valueOf(row.getString("policy").toUpperCase(Locale.ROOT).replace('-', '_')),
            row.getString("reason"),
            instant(row, "until"));
    return new StoredWaiver(
        row.getLong("id"),
        request,
        StoredWaiver.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new StoredWaiver.Step(instant(row, "asked"), row.getString("asked_by")),
        by == null ? null : new StoredWaiver.Step(instant(row, "decided"), by));
  }

  static StoredDecision decision(ResultSet row) throws SQLException {
    String causes = row.getString("causes");
    var decision =
        new VersionDecision(
            VersionDecision.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            row.getString("reason"),
            causes.isEmpty() ? Set.of() : Set.of(causes.split("\n", -1)));
    return new StoredDecision(
        row.getString("package"),
        row.getString("version"),
        decision,
        instant(row, "decided"),
        row.getString("decided_by"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
