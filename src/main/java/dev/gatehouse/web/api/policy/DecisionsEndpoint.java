package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.store.StoredDecision;
import dev.gatehouse.policy.store.VersionDecisions;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/decisions`: what people decided about single versions.
public record DecisionsEndpoint(Visitors visitors, VersionDecisions decisions, Kept kept) {

  /// What a registry keeps of its own and of others.
  public record Kept(Packages packages, CachedTarballs cached) {}

  /// A decision as the API shows it. `causes` are those that a release lifts.
  record DecisionView(
      String name,
      String version,
      String state,
      String reason,
      List<String> causes,
      @Nullable String at,
      String by) {

    static DecisionView of(StoredDecision stored) {
      return new DecisionView(
          stored.name(),
          stored.version(),
          ApiBody.word(stored.decision().state()),
          stored.decision().reason(),
          stored.decision().released().stream().sorted().toList(),
          Answer.text(stored.at()),
          stored.by());
    }

    String key() {
      return name + "@" + version;
    }
  }

  /// `GET registries/{registry}/decisions`, by name and version.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    List<DecisionView> all =
        decisions.list(registry).stream()
            .map(DecisionView::of)
            .sorted(Comparator.comparing(DecisionView::key))
            .toList();
    return Answer.of(
        200, Page.of(all, Page.Wanted.of(request), DecisionView::key, Comparator.naturalOrder()));
  }

  /// `POST registries/{registry}/decisions`: quarantines a version, releases it, or deletes what is
  /// here of it and withholds it from then on.
  public Response decide(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "name", "version", "state", "reason", "causes");
    VersionDecision.State state =
        ApiBody.choice(VersionDecision.State.class, "state", body.requireText("state"));
    String name = body.requireText("name");
    String version = body.requireText("version");
    boolean deletes = state == VersionDecision.State.DELETED;
    if (deletes) {
      requireForeign(at.registry(), name, version);
    }
    decisions.decide(
        at.visitor().actor(),
        at.registry(),
        name,
        version,
        new VersionDecision(state, body.requireText("reason"), Set.copyOf(body.texts("causes"))));
    if (deletes) {
      kept.cached().forget(at.registry().id(), name, version);
    }
    return Answer.done();
  }

  /// The bytes of what is published here are nowhere else.
  private void requireForeign(Registry registry, String name, String version) {
    Packages.Holding own = kept.packages().find(registry.id(), name);
    if (own != null && own.version(version) != null) {
      throw new ProblemException(
          new Problem.Conflict(
              "%s@%s is published here, and its bytes are nowhere else: quarantine it, or take it"
                      .formatted(name, version)
                  + " back by npm unpublish."));
    }
  }
}
