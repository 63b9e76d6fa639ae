package dev.gatehouse.publish.push;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.version.Forwards;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.io.IOException;

/// Hands new versions on. What has changed since they were published counts: a version that was
/// taken back, or an upstream that is gone or no longer wants any, is left alone. Registries that
/// forward to each other in a circle come to rest when the version is where it came from.
public final class Forwarding implements Work {
  private static final Actor ACTOR = new Actor.Job(Forwards.KIND);

  private final Pusher pusher;
  private final Packages packages;
  private final Registries registries;

  /// Forwards by `pusher`.
  public Forwarding(Pusher pusher, Packages packages, Registries registries) {
    this.pusher = pusher;
    this.packages = packages;
    this.registries = registries;
  }

  @Override
  public Outcome run(String payload) throws IOException {
    var forward = Forwards.Forward.parse(payload);
    Directory directory = registries.directory();
    Registry from = directory.byId(forward.registryId());
    Upstream to = Pusher.upstream(directory, forward.registryId(), forward.upstreamId());
    Version version = Version.parse(forward.version());
    if (from == null || to == null || version == null || !Forwards.wants(to, version)) {
      return new Done();
    }
    Holding holding = packages.find(from.id(), forward.name());
    if (holding == null || holding.version(forward.version()) == null) {
      return new Done();
    }
    try {
      pusher.push(
          new Push(
              ACTOR,
              from,
              PackageName.parse(forward.name()),
              forward.version(),
              to,
              forward.tags(),
              null));
      return new Done();
    } catch (ProblemException refused) {
      return refused.problem() instanceof Problem.Conflict
          ? new Never(refused.problem().sentence())
          : new Again(refused.problem().sentence());
    }
  }
}
