package dev.gatehouse.policy.store;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.VersionDecision.State;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// What people decide about single versions: quarantine by hand, release, and that what was deleted
/// stays withheld. The newest decision counts.
public final class VersionDecisions {
  private static final int LONGEST_REASON = 2_000;

  private final Policies policies;

  /// The decisions beside `policies`.
  public VersionDecisions(Policies policies) {
    this.policies = policies;
  }

  /// Decides about `version` of the package called `name`; a release lifts only the causes that it
  /// names. The version is stored canonically.
  public void decide(
      Actor actor, Registry registry, String name, String version, VersionDecision decision) {
    Version parsed = Version.parse(version);
    if (parsed == null) {
      throw Policies.malformed("\"%s\" is no version: write 1.2.3.".formatted(version));
    }
    PackageName.parse(name);
    if (decision.reason().isBlank() || decision.reason().length() > LONGEST_REASON) {
      throw Policies.malformed(
          "This needs a reason, of at most %d characters.".formatted(LONGEST_REASON));
    }
    policies.change(handle -> {
      String state = decision.state().name().toLowerCase(Locale.ROOT);
      handle
          .createUpdate(
              """
              INSERT INTO version_decision (registry_id, package, version, state, reason, causes,
                decided, decided_by)
              VALUES (:registry, :package, :version, :state, :reason, :causes, :decided, :by)
              ON CONFLICT (registry_id, package, version) DO UPDATE SET state = excluded.state,
                reason = excluded.reason, causes = excluded.causes, decided = excluded.decided,
                decided_by = excluded.decided_by
              """)
          .bind("registry", registry.id())
          .bind("package", name)
          .bind("version", parsed.toString())
          .bind("state", state)
          .bind("reason", decision.reason())
          .bind("causes", String.join("\n", decision.released().stream().sorted().toList()))
          .bind("decided", policies.now())
          .bind("by", actor.label())
          .execute();
      String action = decision.state() == State.RELEASED ? "quarantine.release" : "quarantine.add";
      policies.audit(handle, actor, registry, action, name + "@" + parsed);
      if (decision.state() == State.QUARANTINED) {
        var place = new Place(registry.id(), registry.name(), parsed.toString());
        policies.tell(
            handle,
            registry,
            new Event.Quarantined(List.of(place), name, decision.reason(), actor.label()));
      }
      return parsed;
    });
  }

  /// Whether people have put that version into quarantine.
  public static boolean isQuarantined(Handle handle, long registryId, String name, String version) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM version_decision WHERE registry_id = :registry
              AND package = :package AND version = :version AND state = 'quarantined')
            """)
        .bind("registry", registryId)
        .bind("package", name)
        .bind("version", version)
        .mapTo(Boolean.class)
        .one();
  }

  /// All decisions of `registry`, the newest first, from the database itself.
  public List<StoredDecision> list(Registry registry) {
    return policies.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM version_decision WHERE registry_id = :registry
                ORDER BY decided DESC, package, version
                """)
            .bind("registry", registry.id())
            .map((row, _) -> PolicyRows.decision(row))
            .list());
  }
}
