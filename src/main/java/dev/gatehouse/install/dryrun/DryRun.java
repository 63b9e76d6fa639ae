package dev.gatehouse.install.dryrun;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.fact.Scrutiny;
import dev.gatehouse.install.tarball.Shelf;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/// Tries other rules on what people use. Versions are found, judged and chosen by what serves them,
/// with other rules for one registry, so that enforcing these does what was foretold. Nothing is
/// changed; but what is in the store may be looked through, and upstreams asked for their keys, as
/// it would be when it is served.
public final class DryRun {
  private static final int AT_A_TIME = 4;

  private final Views views;
  private final Shelf shelf;
  private final Scrutiny scrutiny;

  /// Over what `views` show.
  public DryRun(Views views, Shelf shelf, Scrutiny scrutiny) {
    this.views = views;
    this.shelf = shelf;
    this.scrutiny = scrutiny;
  }

  /// What is tried.
  ///
  /// @param draft the rules that `registry` would have
  /// @param ask how new documents must be: of what was used here, the stored ones will do
  public record Trial(Registry registry, Rules draft, Ask ask) {}

  /// A version that somebody asked for, or will.
  public record Asked(String name, String version) {}

  /// What becomes of each of `asked`, in the order of their names, each once. Few packages are in
  /// memory at a time.
  public Stream<Fate> run(Trial trial, Collection<Asked> asked) {
    if (trial.draft().needs(FactKind.SIGNATURE)) {
      views.learnKeys(trial.registry());
    }
    Map<String, Collection<String>> byName = new TreeMap<>();
    for (Asked one : asked) {
      byName.computeIfAbsent(one.name(), _ -> new TreeSet<>()).add(one.version());
    }
    return byName.entrySet().stream()
        .gather(
            Gatherers.mapConcurrent(AT_A_TIME, one -> fates(trial, one.getKey(), one.getValue())))
        .flatMap(List::stream);
  }

  /// As for whoever asks for a version: if one is missing, everybody is asked again, unless nobody
  /// is to be asked at all.
  private List<Fate> fates(Trial trial, String name, Collection<String> versions) {
    List<Fate> first = fates(trial, name, versions, trial.ask());
    boolean missing = first.stream().anyMatch(one -> one.effect() == Effect.GONE);
    return missing && !trial.ask().storedOnly()
        ? fates(trial, name, versions, trial.ask().asNewest())
        : first;
  }

  private List<Fate> fates(Trial trial, String name, Collection<String> versions, Ask ask) {
    return views.open(
        views.gather(trial.registry(), name, ask),
        found ->
            switch (found) {
              case Found.Versions all ->
                  new Comparison(trial, all, shelf, scrutiny).fates(versions);
              case Found.Nothing _ ->
                  versions.stream().map(one -> Fate.of(name, one, Effect.GONE, null)).toList();
              case Found.Unknown(Problem.UpstreamFailed problem) ->
                  versions.stream()
                      .map(one -> Fate.of(name, one, Effect.UNKNOWN, problem.sentence()))
                      .toList();
            });
  }
}
