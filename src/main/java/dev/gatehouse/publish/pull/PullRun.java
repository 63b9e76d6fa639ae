package dev.gatehouse.publish.pull;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.ClientChoice;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.lockfile.LockedPackage;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One pull, from its wishes to what became of them.
final class PullRun {
  private static final Logger log = LoggerFactory.getLogger(PullRun.class);

  private final Views views;
  private final Tarballs tarballs;
  private final Puller.Order order;
  private final Progress progress;
  private final Wishes wishes = new Wishes(this::fulfil);
  private final Set<String> brought = ConcurrentHashMap.newKeySet();

  PullRun(Views views, Tarballs tarballs, Puller.Order order, Progress progress) {
    this.views = views;
    this.tarballs = tarballs;
    this.order = order;
    this.progress = progress;
  }

  Pulled run() throws InterruptedException {
    order.wishes().forEach(this::add);
    wishes.await();
    return progress.done();
  }

  private void add(Wish wish) {
    if (!wishes.add(wish)) {
      progress.failed("There are more dependencies than one pull takes; the rest was left out.");
    }
  }

  private void fulfil(Wish wish) {
    try {
      switch (wish) {
        case Wish.Chosen(DependencySpec.FromRegistry spec, boolean optional) ->
            choose(spec, optional);
        case Wish.Locked(LockedPackage locked) -> bringLocked(locked);
      }
    } catch (ProblemException refused) {
      progress.failed("%s: %s".formatted(title(wish), refused.problem().sentence()));
    } catch (RuntimeException fault) {
      log.warn("Pulling {} failed.", title(wish), fault);
      progress.failed("%s: %s".formatted(title(wish), fault));
    }
  }

  private void choose(DependencySpec.FromRegistry spec, boolean optional) {
    List<Selected> chosen = find(spec.name(), found -> ClientChoice.of(found, spec));
    if (chosen.isEmpty() && optional) {
      progress.skipped(
          "%s@%s was skipped: it is optional, and the registry \"%s\" has none."
              .formatted(spec.name(), spec.selector(), order.registry().name()));
    } else if (chosen.isEmpty()) {
      throw missing("version of %s that fits %s".formatted(spec.name(), spec.selector()));
    }
    chosen.forEach(version -> bringOnce(spec.name(), version));
  }

  private void bringLocked(LockedPackage locked) {
    List<Selected> found =
        find(
            locked.name(),
            versions -> {
              Selected version = versions.version(locked.version());
              return version == null ? List.of() : List.of(version);
            });
    if (found.isEmpty()) {
      throw missing("%s@%s".formatted(locked.name(), locked.version()));
    }
    Selected version = found.getFirst();
    Expectation expected = locked.integrity() == null ? null : new Expectation(locked.integrity());
    if (expected == null) {
      bringOnce(locked.name(), version);
      return;
    }
    Boolean agrees = expected.agreesWith(version);
    if (Boolean.FALSE.equals(agrees)) {
      throw differing("the registry declares another integrity than it; nothing was brought in");
    }
    bringOnce(locked.name(), version);
    Path file = tarballs.stored(order.registry(), locked.name(), locked.version());
    if (agrees == null && (file == null || !expected.agreesWith(file))) {
      throw differing("the bytes that the registry serves hash to something else");
    }
  }

  /// What `choice` takes of what the registry has under `name`: if that is nothing, once more after
  /// asking all upstreams anew.
  private List<Selected> find(String name, Function<Found.Versions, List<Selected>> choice) {
    List<Selected> chosen = choose(views.find(order.registry(), name, Ask.USUAL), choice);
    return chosen.isEmpty()
        ? choose(views.find(order.registry(), name, Ask.USUAL.asNewest()), choice)
        : chosen;
  }

  private static List<Selected> choose(
      Found found, Function<Found.Versions, List<Selected>> choice) {
    return switch (found) {
      case Found.Nothing _ -> List.of();
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
      case Found.Versions versions -> choice.apply(versions);
    };
  }

  private void bringOnce(String name, Selected version) {
    if (!brought.add(name + "@" + version.version())) {
      return;
    }
    progress.found();
    if (order.dependencies()) {
      var requirements = Requirements.of(version);
      requirements.skipped().forEach(progress::skipped);
      requirements.wishes().forEach(this::add);
    }
    progress.brought(tarballs.bringIn(order.registry(), name, version.version(), Ask.USUAL));
  }

  private ProblemException missing(String what) {
    return new ProblemException(
        new Problem.NotFound(
            "The registry \"%s\" has no %s.".formatted(order.registry().name(), what)));
  }

  private static ProblemException differing(String how) {
    return new ProblemException(
        new Problem.Conflict(
            "What the lockfile expects and what the registry has are not the same bytes: "
                + how
                + "."));
  }

  private static String title(Wish wish) {
    return switch (wish) {
      case Wish.Chosen(DependencySpec.FromRegistry spec, _) -> spec.name() + "@" + spec.selector();
      case Wish.Locked(LockedPackage locked) -> locked.name() + "@" + locked.version();
    };
  }
}
