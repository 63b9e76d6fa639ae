package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.listing.Listing;
import dev.gatehouse.packages.listing.Listing.Entry;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.problem.Room;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `registries/{registry}/packages`: what is hosted or cached, and one package as the registry
/// shows it. What is withheld is told, with its reasons.
public final class PackagesEndpoint {
  private static final int AT_ONCE = 4;

  private final Visitors visitors;
  private final Parts parts;
  private final Room room =
      new Room(
          AT_ONCE,
          "Too many lists of packages are being made. Try again in a moment.",
          Duration.ofSeconds(1));

  /// What knows of packages.
  public record Parts(
      Registries registries,
      Listing listing,
      Views views,
      CachedTarballs cached,
      Packages packages) {}

  /// Packages of `parts`.
  public PackagesEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// `GET registries/{registry}/packages`. No upstream is asked.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    PackageQuery query = PackageQuery.of(request);
    // Each may read many documents.
    return room.with(() -> {
      var place =
          new Listing.Place(
              registry.id(), parts.registries.directory().reachableFrom(registry.id()));
      Listing.Part part =
          parts.listing.find(place, query.wanted(), query.after(), query.limit() + 1);
      boolean more = part.entries().size() > query.limit();
      List<Entry> entries = more ? part.entries().subList(0, query.limit()) : part.entries();
      List<PackageSummary> items =
          entries.stream().map(one -> summary(registry, one.name())).toList();
      return Answer.of(
          200, new Page<>(items, more ? query.cursor(entries.getLast()) : null, part.total()));
    });
  }

  /// `GET registries/{registry}/packages/{name}`.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String name = PackageName.parse(request.variable("name")).value();
    Set<String> cached = new HashSet<>();
    for (long id : parts.registries.directory().reachableFrom(registry.id())) {
      cached.addAll(parts.cached.versions(id, name));
    }
    Packages.Holding own = parts.packages.find(registry.id(), name);
    return parts.views.open(
        parts.views.gather(registry, name, Ask.USUAL),
        found ->
            switch (found) {
              case Found.Versions versions ->
                  Answer.of(200, PackageDetails.of(versions, cached, own));
              case Found.Nothing _ ->
                  throw new ProblemException(
                      new Problem.NotFound(
                          "There is no package \"%s\" in the registry \"%s\"."
                              .formatted(name, registry.name())));
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  throw new ProblemException(problem);
            });
  }

  private PackageSummary summary(Registry registry, String name) {
    return parts.views.open(
        parts.views.gather(registry, name, Ask.STORED),
        found ->
            found instanceof Found.Versions versions
                ? PackageSummary.of(versions)
                : PackageSummary.unknown(name));
  }
}
