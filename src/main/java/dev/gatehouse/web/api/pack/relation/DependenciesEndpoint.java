package dev.gatehouse.web.api.pack.relation;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Dependency;
import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.listing.Held;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.problem.Room;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Visitors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `registries/{registry}/packages/{name}/versions/{version}/dependencies`: what a version needs,
/// and what the registry has of it. Nobody outside is asked for a dependency.
public final class DependenciesEndpoint {
  /// Each may be a large document.
  private static final int MOST = 200;

  private static final int AT_ONCE = 4;

  private final Visitors visitors;
  private final Parts parts;
  private final Room room =
      new Room(
          AT_ONCE,
          "Too many dependencies are being looked up. Try again in a moment.",
          Duration.ofSeconds(1));

  /// What knows of packages and of what is wrong with them.
  public record Parts(Registries registries, Views views, Held held, Advisories advisories) {}

  /// The dependencies of what `parts` know.
  public DependenciesEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// What a version needs, the first ones of `count`.
  record DependenciesView(List<DependencyView> items, int count) {}

  /// `GET registries/{registry}/packages/{name}/versions/{version}/dependencies`. A withheld
  /// version's are told, as all of its document is that says what it is; its files are not.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String name = PackageName.parse(request.variable("name")).value();
    String version = request.variable("version");
    return room.with(() -> {
      List<Dependency> all = needed(registry, name, version);
      return Answer.of(
          200,
          new DependenciesView(
              views(registry, all.subList(0, Math.min(all.size(), MOST))), all.size()));
    });
  }

  private List<Dependency> needed(Registry registry, String name, String version) {
    return parts.views.open(
        parts.views.gather(registry, name, Ask.USUAL),
        found ->
            switch (found) {
              case Found.Versions versions -> {
                Selected candidate = versions.all().candidate(version);
                if (candidate == null) {
                  throw missing(registry, name, version);
                }
                yield Dependency.of(candidate.source().json(candidate.row()));
              }
              case Found.Nothing _ -> throw missing(registry, name, version);
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  throw new ProblemException(problem);
            });
  }

  private List<DependencyView> views(Registry registry, List<Dependency> needed) {
    Map<Dependency, DependencySpec> specs = new LinkedHashMap<>();
    needed.forEach(one -> specs.put(one, DependencySpec.of(one.name(), one.spec())));
    Set<String> names =
        specs.values().stream()
            .filter(DependencySpec.FromRegistry.class::isInstance)
            .map(one -> ((DependencySpec.FromRegistry) one).name())
            .collect(Collectors.toSet());
    Set<String> held =
        parts.held.among(parts.registries.directory().reachableFrom(registry.id()), names);
    return specs.entrySet().stream()
        .map(one ->
            switch (one.getValue()) {
              case DependencySpec.Elsewhere(String reason) ->
                  DependencyView.elsewhere(one.getKey(), reason);
              case DependencySpec.FromRegistry spec ->
                  view(
                      registry,
                      spec,
                      DependencyView.unknown(one.getKey(), spec, held.contains(spec.name())));
            })
        .toList();
  }

  private DependencyView view(
      Registry registry, DependencySpec.FromRegistry spec, DependencyView unknown) {
    return parts.views.open(
        parts.views.gather(registry, spec.name(), Ask.STORED),
        found ->
            found instanceof Found.Versions versions
                ? unknown.with(versions, spec, advisories(registry, spec.name()))
                : unknown);
  }

  /// Strangers' speak of another package where the name is owned here.
  private List<Advisory> advisories(Registry registry, String name) {
    List<Advisory> about = parts.advisories.of(name);
    return about.isEmpty() || !parts.views.isInternal(registry, name)
        ? about
        : about.stream().filter(Advisory::isOwn).toList();
  }

  private static ProblemException missing(Registry registry, String name, String version) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no version %s of \"%s\" in the registry \"%s\"."
                .formatted(Quoted.quote(version), name, registry.name())));
  }
}
