package dev.gatehouse.install;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.fact.Scrutiny;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.download.Fetch;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out about versions that were fetched what policies wait for that only observe: what is in
/// the tarball, and how it was built. An enforced policy has seen that before the first byte; here
/// nobody waits, and the policy tells what it would have said a moment later.
public final class Afterwards implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Afterwards.class);

  private static final int MOST_WAITING = 20_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Parts parts;

  /// What was looked at a moment ago, whatever came of it.
  private final Cache<Target, Boolean> tried =
      Caffeine.newBuilder().maximumSize(MOST_WAITING).expireAfterWrite(REMEMBERED).build();

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().name("afterwards").daemon().factory());

  private record Target(long registryId, String name, String version) {}

  /// What it looks at, by whose rules, and how.
  public record Parts(
      Registries registries,
      Policies policies,
      Views views,
      Tarballs tarballs,
      Scrutiny scrutiny,
      Stamps stamps) {}

  /// Looks at `parts` until it is closed.
  public Afterwards(Parts parts) {
    this.parts = parts;
    thread.allowCoreThreadTimeOut(true);
  }

  /// Somebody fetched these.
  public void fetched(Collection<Fetch.Key> fetched) {
    Directory directory = parts.registries().directory();
    for (Fetch.Key one : fetched) {
      Registry registry = directory.byId(one.registryId());
      var target = new Target(one.registryId(), one.name(), one.version());
      if (registry != null
          && mayWait(directory, registry)
          && tried.asMap().putIfAbsent(target, true) == null) {
        submit(registry, target);
      }
    }
  }

  /// Returns when everything was looked at that is to be looked at now.
  public void settle() {
    try {
      thread.submit(() -> {}).get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      var _ = thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a policy on the way asks for anything that somebody has to look at.
  private boolean mayWait(Directory directory, Registry registry) {
    return directory.reachableFrom(registry.id()).stream()
        .map(directory::byId)
        .filter(Objects::nonNull)
        .map(parts.policies()::rules)
        .map(Rules::needs)
        .anyMatch(needs ->
            needs.contains(FactKind.PROVENANCE) || needs.stream().anyMatch(FactKind::inTarball));
  }

  private void submit(Registry registry, Target target) {
    try {
      thread.execute(() -> attempt(registry, target));
    } catch (RejectedExecutionException full) {
      log.debug("{} is not looked at afterwards: too much is.", target, full);
    }
  }

  private void attempt(Registry registry, Target target) {
    try {
      look(registry, target);
    } catch (ProblemException refused) {
      // It is withheld meanwhile, or the upstream fails: the next who fetches it asks again.
      log.debug("{} looked at afterwards: {}", target, refused.problem().sentence());
    } catch (RuntimeException failure) {
      log.warn("{} could not be looked at afterwards.", target, failure);
    }
  }

  /// What is waited for of a version: what its tarball hashes to, and its provenance.
  private record Awaited(@Nullable Integrity integrity, @Nullable Claim claim) {
    static final Awaited NOTHING = new Awaited(null, null);
  }

  private void look(Registry registry, Target target) {
    Views views = parts.views();
    Awaited awaited =
        views.open(
            views.gather(registry, target.name(), Ask.USUAL),
            found -> awaited(found, target.version()));
    if (awaited.integrity() != null) {
      Path file = parts.tarballs().stored(registry, target.name(), target.version());
      if (file != null) {
        parts
            .scrutiny()
            .inspect(
                new Scrutiny.Tarball(
                    target.name(), target.version(), awaited.integrity().toString(), file));
        parts.stamps().outdate(target.name());
      }
    }
    var _ = parts.scrutiny().verify(awaited.claim(), Ask.USUAL);
  }

  private static Awaited awaited(Found found, String version) {
    if (!(found instanceof Found.Versions versions)) {
      return Awaited.NOTHING;
    }
    Selected one = versions.all().candidate(version);
    if (one == null) {
      return Awaited.NOTHING;
    }
    Set<FactKind> kinds = versions.ruling(one).awaited();
    return new Awaited(
        kinds.stream().anyMatch(FactKind::inTarball) ? one.integrity() : null,
        kinds.contains(FactKind.PROVENANCE) ? versions.rulings().claim(one) : null);
  }
}
