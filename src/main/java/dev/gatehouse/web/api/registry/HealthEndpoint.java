package dev.gatehouse.web.api.registry;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.upstream.health.Health;
import dev.gatehouse.upstream.health.Standing;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET upstream-health`: whether the upstreams answer that registries draw from. Apart from their
/// list, whose entity tag must not change with every answer.
public record HealthEndpoint(Visitors visitors, Origins origins, Health health) {
  private static final Standing UNKNOWN = new Standing(null, null, null, 0, null);

  /// How it stands with an upstream.
  ///
  /// @param state `answers`, `fails`, or `unknown` if it was not asked since the server began
  /// @param failure how it failed last
  /// @param failures how often within an hour
  record HealthView(
      String registry,
      String upstream,
      String kind,
      String state,
      @Nullable String answered,
      @Nullable String failed,
      @Nullable String failure,
      int failures,
      @Nullable Long millis) {

    String key() {
      return registry + " " + upstream;
    }
  }

  /// Of one registry, or of all that one may read, by name. Registries here are no upstreams that
  /// could fail.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request);
    String named = request.query("registry");
    List<Registry> shown =
        named == null
            ? visitors.sight(visitor).registries()
            : List.of(visitors.registry(visitor, named));
    List<HealthView> all = new ArrayList<>();
    for (Registry registry : shown) {
      for (Upstream upstream : registry.upstreams()) {
        if (!(upstream.source() instanceof Upstream.Here)) {
          all.add(view(registry, upstream));
        }
      }
    }
    all.sort(Comparator.comparing(HealthView::key));
    return Answer.of(
        200, Page.of(all, Page.Wanted.of(request), HealthView::key, Comparator.naturalOrder()));
  }

  private HealthView view(Registry registry, Upstream upstream) {
    Origin origin = origins.of(upstream);
    Standing seen = origin == null ? null : health.of(origin.key());
    Standing standing = seen == null ? UNKNOWN : seen;
    return new HealthView(
        registry.name(),
        upstream.name(),
        upstream.source() instanceof Upstream.Public ? "public" : "external",
        seen == null ? "unknown" : standing.fails() ? "fails" : "answers",
        Answer.text(standing.answered()),
        Answer.text(standing.failed()),
        standing.sentence(),
        standing.failures(),
        standing.millis());
  }
}
