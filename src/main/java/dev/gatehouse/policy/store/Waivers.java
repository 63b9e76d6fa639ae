package dev.gatehouse.policy.store;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.decision.NarrowRange;
import dev.gatehouse.policy.store.StoredWaiver.Request;
import dev.gatehouse.policy.store.StoredWaiver.State;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// People's exceptions: asked for, approved or refused, revoked. One is in force from its approval
/// until it ends, and never for more than was asked.
public final class Waivers {
  private static final int LONGEST_REASON = 2_000;
  private static final Set<PolicyName> NOT_WAIVABLE =
      Set.of(PolicyName.DECISION, PolicyName.FREEZE, PolicyName.IMMUTABLE);

  private final Policies policies;

  /// The waivers beside `policies`.
  public Waivers(Policies policies) {
    this.policies = policies;
  }

  /// Asks for a waiver; it opens nothing until somebody approves it. Returns its number.
  public long ask(Actor actor, Registry registry, Request request) {
    require(request);
    return policies.change(handle -> {
      long id =
          handle
              .createQuery(
                  """
                  INSERT INTO waiver (registry_id, package, version_range, policy, reason, until,
                    state, asked, asked_by)
                  VALUES (:registry, :package, :range, :policy, :reason, :until, 'asked', :asked, :by)
                  RETURNING id
                  """)
              .bind("registry", registry.id())
              .bind("package", request.name())
              .bind("range", request.range())
              .bind("policy", request.policy().text())
              .bind("reason", request.reason())
              .bind("until", request.until().toEpochMilli())
              .bind("asked", policies.now())
              .bind("by", actor.label())
              .mapTo(Long.class)
              .one();
      policies.audit(handle, actor, registry, "waiver.ask", subject(id, request));
      policies.tell(
          handle, registry, new Event.WaiverAsked(told(registry, id, request), actor.label()));
      return id;
    });
  }

  /// Puts a waiver in force.
  public void approve(Actor actor, Registry registry, long id) {
    decide(actor, registry, id, State.APPROVED);
  }

  /// Refuses one that was asked for.
  public void refuse(Actor actor, Registry registry, long id) {
    decide(actor, registry, id, State.REFUSED);
  }

  /// Ends one that is in force.
  public void revoke(Actor actor, Registry registry, long id) {
    decide(actor, registry, id, State.REVOKED);
  }

  private void decide(Actor actor, Registry registry, long id, State state) {
    State before = state == State.REVOKED ? State.APPROVED : State.ASKED;
    policies.change(handle -> {
      int changed =
          handle
              .createUpdate(
                  """
                  UPDATE waiver SET state = :state, decided = :decided, decided_by = :by
                  WHERE id = :id AND registry_id = :registry AND state = :before
                  """)
              .bind("state", word(state))
              .bind("decided", policies.now())
              .bind("by", actor.label())
              .bind("id", id)
              .bind("registry", registry.id())
              .bind("before", word(before))
              .execute();
      if (changed == 0) {
        throw new ProblemException(
            new Problem.NotFound(
                "There is no waiver %d in \"%s\" that is %s: list them to see."
                    .formatted(id, registry.name(), word(before))));
      }
      policies.audit(handle, actor, registry, "waiver." + word(state), Long.toString(id));
      StoredWaiver decided = get(handle, id);
      policies.tell(
          handle,
          registry,
          new Event.WaiverDecided(
              told(registry, id, decided.request()),
              word(state),
              decided.asked().by(),
              actor.label()));
      return id;
    });
  }

  /// All waivers of `registry`, the newest first, from the database itself.
  public List<StoredWaiver> list(Registry registry) {
    return policies.read(handle ->
        handle
            .createQuery("SELECT * FROM waiver WHERE registry_id = :registry ORDER BY id DESC")
            .bind("registry", registry.id())
            .map((row, _) -> PolicyRows.waiver(row))
            .list());
  }

  private static StoredWaiver get(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM waiver WHERE id = ?")
        .bind(0, id)
        .map((row, _) -> PolicyRows.waiver(row))
        .one();
  }

  private static Event.Waiver told(Registry registry, long id, Request request) {
    return new Event.Waiver(
        id,
        new Place(registry.id(), registry.name(), request.range()),
        request.name(),
        request.policy().text(),
        request.reason(),
        request.until());
  }

  private void require(Request request) {
    PackageName.parse(request.name());
    if (NarrowRange.parse(request.range()) == null) {
      throw Policies.malformed(
          "\"%s\" is no range of versions: write 1.2.3, or for more ^1.2.0 or 1.0.0 || 1.0.1."
              .formatted(request.range()));
    }
    if (NOT_WAIVABLE.contains(request.policy())) {
      throw Policies.malformed(
          "\"%s\" cannot be waived: release the version, or change the registry."
              .formatted(request.policy()));
    }
    if (request.reason().isBlank() || request.reason().length() > LONGEST_REASON) {
      throw Policies.malformed(
          "A waiver needs a reason, of at most %d characters.".formatted(LONGEST_REASON));
    }
    if (request.until().toEpochMilli() <= policies.now()) {
      throw Policies.malformed(
          "A waiver ends in the future: %s has passed.".formatted(request.until()));
    }
  }

  private static String subject(long id, Request request) {
    return "%d %s@%s %s".formatted(id, request.name(), request.range(), request.policy());
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
