package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.store.StoredDecision;
import dev.gatehouse.policy.store.VersionDecisions;
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
public record DecisionsEndpoint(Visitors visitors, VersionDecisions decisions) {

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

  /// `POST registries/{registry}/decisions`: quarantines a version or releases it.
  public Response decide(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "name", "version", "state", "reason", "causes");
    VersionDecision.State state =
        ApiBody.choice(VersionDecision.State.class, "state", body.requireText("state"));
    if (state == VersionDecision.State.DELETED) {
      throw ApiBody.malformed("\"state\" is quarantined or released.");
    }
    decisions.decide(
        at.visitor().actor(),
        at.registry(),
        body.requireText("name"),
        body.requireText("version"),
        new VersionDecision(state, body.requireText("reason"), Set.copyOf(body.texts("causes"))));
    return Answer.done();
  }
}
