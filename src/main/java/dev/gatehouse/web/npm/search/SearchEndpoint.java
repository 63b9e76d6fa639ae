package dev.gatehouse.web.npm.search;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.packages.PackageSearch;
import dev.gatehouse.packages.PackageSearch.Wanted;
import dev.gatehouse.problem.Room;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.Gate;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `GET -/v1/search`: what the registry and its *here* upstreams host or have cached. What is
/// listed of a package is what an install would see of it, and a package that has nothing to
/// install is left out. No upstream is asked. Few searches run at a time: each may read many
/// documents.
public final class SearchEndpoint implements Handler {
  private static final int AT_ONCE = 4;

  private final Gate gate;
  private final Registries registries;
  private final PackageSearch packages;
  private final Views views;
  private final Clock clock;
  private final Room room =
      new Room(
          AT_ONCE, "Too many searches are running. Try again in a moment.", Duration.ofSeconds(1));

  /// What is searched, and what knows of each package what may be seen.
  public record Parts(Registries registries, PackageSearch packages, Views views) {}

  /// Searches in `parts`.
  public SearchEndpoint(Gate gate, Parts parts, Clock clock) {
    this.gate = gate;
    this.registries = parts.registries();
    this.packages = parts.packages();
    this.views = parts.views();
    this.clock = clock;
  }

  @Override
  public Response handle(Request request) {
    Registry registry = gate.reader(request).registry();
    Wanted wanted = SearchQuery.of(request);
    return room.with(() -> answer(registry, wanted));
  }

  private Response answer(Registry registry, Wanted wanted) {
    Set<Long> searched = registries.directory().reachableFrom(registry.id());
    PackageSearch.Page page = packages.find(searched, wanted);
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String name : page.names()) {
      if (views.find(registry, name, Ask.STORED) instanceof Found.Versions versions
          && !versions.view().versions().isEmpty()) {
        objects.add(SearchResult.of(versions.view()));
      }
    }
    return Response.json(
            200,
            Map.of(
                "objects",
                objects,
                "total",
                page.total(),
                "time",
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()))
        .with("cache-control", "private, no-cache");
  }
}
