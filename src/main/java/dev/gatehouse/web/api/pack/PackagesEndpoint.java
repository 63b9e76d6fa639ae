package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.PackageSearch;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/packages`: what is hosted or cached, and one package as the registry
/// shows it. What is withheld is told, with its reasons.
public final class PackagesEndpoint {
  private static final int AT_ONCE = 4;
  private static final int MOST_WORDS = 10;
  private static final int LONGEST_SEARCH = 200;

  private final Visitors visitors;
  private final Parts parts;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /// What knows of packages.
  public record Parts(
      Registries registries,
      PackageSearch search,
      Views views,
      CachedTarballs cached,
      Packages packages) {}

  /// Packages of `parts`.
  public PackagesEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// `GET registries/{registry}/packages`, by name. No upstream is asked.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    Page.Wanted wanted = Page.Wanted.of(request);
    List<String> words = words(request.query("search"));
    // Each may read many documents.
    if (!room.tryAcquire()) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many lists of packages are being made. Try again in a moment.",
              Duration.ofSeconds(1),
              false));
    }
    try {
      Set<Long> searched = parts.registries.directory().reachableFrom(registry.id());
      PackageSearch.Page page =
          parts.search.byName(
              searched, words, Objects.requireNonNullElse(wanted.after(), ""), wanted.limit() + 1);
      boolean more = page.names().size() > wanted.limit();
      List<String> names = more ? page.names().subList(0, wanted.limit()) : page.names();
      List<PackageSummary> items = names.stream().map(name -> summary(registry, name)).toList();
      return Answer.of(
          200, new Page<>(items, more ? Page.cursor(names.getLast()) : null, page.total()));
    } finally {
      room.release();
    }
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

  private static List<String> words(@Nullable String search) {
    if (search == null || search.isBlank()) {
      return List.of();
    }
    if (search.length() > LONGEST_SEARCH) {
      throw ApiBody.malformed("Search for at most %d characters.".formatted(LONGEST_SEARCH));
    }
    return Arrays.stream(search.strip().split("\\s+")).limit(MOST_WORDS).toList();
  }
}
