package dev.gatehouse.install.dryrun;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.dryrun.DryRun.Trial;
import dev.gatehouse.install.fact.Scrutiny;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.ledger.Ledger.Withheld;
import dev.gatehouse.install.tarball.Shelf;
import dev.gatehouse.install.view.ClientChoice;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.DependencySpec.FromRegistry;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.Verdict;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One package before the rules as they are, and before those that are tried.
final class Comparison {
  private final String name;
  private final Shelf shelf;
  private final Scrutiny scrutiny;

  private final Map<String, Selected> candidates = new HashMap<>();

  /// Versions whose tarball was looked through as far as anybody can.
  private final Set<String> seen = new HashSet<>();

  /// What clients take for a range, once it was asked for.
  private final Map<String, List<String>> chosen = new HashMap<>();

  private Found.Versions now;
  private Found.Versions drafted;

  Comparison(Trial trial, Found.Versions found, Shelf shelf, Scrutiny scrutiny) {
    this.name = found.all().details().name();
    this.shelf = shelf;
    this.scrutiny = scrutiny;
    found.all().candidates().forEach(one -> candidates.put(one.version(), one));
    this.now = found;
    this.drafted = found.under(trial.registry().id(), trial.draft());
  }

  List<Fate> fates(Collection<String> versions) {
    versions.stream().map(candidates::get).filter(Objects::nonNull).forEach(this::look);
    if (!seen.isEmpty()) {
      now = now.anew();
      drafted = drafted.anew();
    }
    return versions.stream().map(this::fate).toList();
  }

  /// Whoever asks for a tarball that has to be seen first makes the server look through it.
  private void look(Selected version) {
    boolean wanted = waits(now.ruling(version)) || waits(drafted.ruling(version));
    Path file = wanted ? shelf.find(now, version) : null;
    if (file != null) {
      String integrity = Objects.requireNonNull(version.integrity(), "on the shelf").toString();
      scrutiny.inspect(new Scrutiny.Tarball(name, version.version(), integrity, file));
      // Nobody is asked: a trial may be about thousands of versions.
      if (scrutiny.verify(now.rulings().claim(version), Ask.STORED)) {
        seen.add(version.version());
      }
    }
  }

  private static boolean waits(Ruling ruling) {
    return ruling.isServed() && ruling.isPending();
  }

  private Fate fate(String version) {
    Selected candidate = candidates.get(version);
    if (candidate == null) {
      return now.doubt() == null
          ? Fate.of(name, version, Effect.GONE, null)
          : Fate.of(name, version, Effect.UNKNOWN, now.doubt().sentence());
    }
    Ruling then = drafted.ruling(candidate);
    boolean before = isServed(now.ruling(candidate), version);
    if (!isServed(then, version)) {
      return refused(version, then, before ? Effect.BREAKS : Effect.WITHHELD);
    }
    if (waits(then)) {
      return Fate.of(
          name, version, Effect.PENDING, "Its tarball or its provenance is not in the store.");
    }
    return Fate.of(name, version, before ? Effect.SERVED : Effect.OPENS, null);
  }

  /// What cannot be judged although its tarball was seen is refused.
  private boolean isServed(Ruling ruling, String version) {
    return ruling.isServed() && !(ruling.isPending() && seen.contains(version));
  }

  private Fate refused(String version, Ruling ruling, Effect effect) {
    Verdict verdict = ruling.isServed() ? new Verdict.Quarantine(List.of()) : ruling.verdict();
    return new Fate(
        name,
        version,
        effect,
        Withheld.of(name, version, verdict),
        instead(version),
        ruling.isServed() ? "It cannot be judged here yet." : null);
  }

  private List<String> instead(String version) {
    String range = range(version);
    return range == null ? List.of() : chosen.computeIfAbsent(range, this::choose);
  }

  private List<String> choose(String range) {
    return ClientChoice.of(drafted, new FromRegistry(name, range)).stream()
        .map(Selected::version)
        .toList();
  }

  /// Nobody noted which range led to the version. Most are written with a caret, and an install
  /// without the lockfile takes what that holds.
  private static @Nullable String range(String version) {
    Version number = Version.parse(version);
    if (number == null) {
      return null;
    }
    if (number.isPrerelease()) {
      return "^%d.%d.%d-0".formatted(number.major(), number.minor(), number.patch());
    }
    return number.major() > 0
        ? "^%d.0.0".formatted(number.major())
        : "~0.%d.0".formatted(number.minor());
  }
}
