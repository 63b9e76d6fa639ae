package dev.gatehouse.install.ledger;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ledgers of all packages that a registry knows, made when somebody asks: nothing is kept that
/// could differ from what is served.
public final class Ledgers {
  private static final int PAGE = 1_000;
  private static final int AT_A_TIME = 4;

  private final Views views;
  private final Registries registries;
  private final Origins origins;
  private final DocumentRows rows;

  /// Of what `views` show.
  public Ledgers(Views views, Registries registries, Origins origins, DocumentRows rows) {
    this.views = views;
    this.registries = registries;
    this.origins = origins;
    this.rows = rows;
  }

  /// A package that was looked at.
  ///
  /// @param ledger null if it cannot be told, because of `problem`
  public record Looked(
      String name, @Nullable Ledger ledger, Problem.@Nullable UpstreamFailed problem) {}

  /// The ledger of one package, after asking whomever `ask` demands; null if there is no such
  /// package, a problem if that cannot be told.
  public @Nullable Ledger of(Registry registry, String name, Ask ask) {
    Looked looked = look(registry, name, ask);
    if (looked != null && looked.problem() != null) {
      throw new ProblemException(looked.problem());
    }
    return looked == null ? null : looked.ledger();
  }

  /// Every package that is hosted in the registry, or of which a document is stored that it draws
  /// from, in the order of their names. Nobody is asked, and few are in memory at a time.
  public Stream<Looked> all(Registry registry) {
    Directory directory = registries.directory();
    Set<Long> reached = directory.reachableFrom(registry.id());
    Set<String> sources = sources(directory, reached);
    return Stream.iterate(
            rows.names(sources, reached, "", PAGE),
            page -> !page.isEmpty(),
            page -> rows.names(sources, reached, page.getLast(), PAGE))
        .flatMap(List::stream)
        .gather(
            Gatherers.mapConcurrent(
                AT_A_TIME, name -> Optional.ofNullable(look(registry, name, Ask.STORED))))
        .flatMap(Optional::stream);
  }

  private Set<String> sources(Directory directory, Set<Long> reached) {
    Set<String> sources = new TreeSet<>();
    for (long id : reached) {
      Registry registry = directory.byId(id);
      if (registry != null) {
        registry.upstreams().stream()
            .map(origins::of)
            .filter(Objects::nonNull)
            .map(Origin::key)
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private @Nullable Looked look(Registry registry, String name, Ask ask) {
    return views.open(
        views.gather(registry, name, ask),
        found ->
            switch (found) {
              case Found.Versions versions -> new Looked(name, Ledger.of(versions), null);
              case Found.Unknown(Problem.UpstreamFailed problem) -> new Looked(name, null, problem);
              case Found.Nothing _ -> null;
            });
  }
}
