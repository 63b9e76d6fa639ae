package dev.gatehouse.publish.push;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.npm.tarball.Republication;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.publish.version.Publisher;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Publishes versions that are hosted or in the store to upstreams that accept pushes: the same
/// bytes, or, under another number, the same but for the version in their package.json. Pushing
/// once more what an upstream has already changes nothing.
public final class Pusher {
  private final Parts parts;
  private final InspectionLimits limits;

  /// Where versions come from and how they get where they go.
  public record Parts(
      Stock stock, Blobs blobs, Registries registries, Publisher publisher, Outbound outbound) {}

  /// Pushes through `parts`.
  public Pusher(Parts parts, InspectionLimits limits) {
    this.parts = parts;
    this.limits = limits;
  }

  /// Carries `push` out; a problem says why it could not be.
  public Push.Pushed push(Push push) throws IOException {
    if (!push.to().pushes()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "The upstream \"%s\" of \"%s\" does not accept pushes: add it again with --push."
                  .formatted(push.to().name(), push.from().name())));
    }
    Stock.Item item = parts.stock().require(push);
    HostedVersion version = item.version();
    try (var parcel = new Parcel(push, version, item.details(), tarball(push, version))) {
      return switch (push.to().source()) {
        case Upstream.Here(long target) ->
            within(parcel, parts.registries().directory().byId(target));
        case Upstream.Public _, Upstream.External _ -> parts.outbound().send(parcel);
      };
    }
  }

  private Push.Pushed within(Parcel parcel, @Nullable Registry target) throws IOException {
    Push push = parcel.push();
    if (target == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "The registry behind the upstream \"%s\" is gone.".formatted(push.to().name())));
    }
    var edit = Edit.onBehalfOf(push.actor(), parcel.hosted().publisher(), target, push.name());
    Editing.Outcome outcome =
        parts
            .publisher()
            .publish(edit, parcel.publication(), push.as() == null ? null : push.origin());
    return new Push.Pushed(push.target(), parcel.tarball().integrity(), outcome.changed());
  }

  /// A copy of the bytes, measured again, since whoever keeps it moves it away.
  private ScratchTarball tarball(Push push, HostedVersion version) throws IOException {
    Path stored = parts.blobs().path(version.digest());
    Path scratch = parts.blobs().scratch();
    if (push.as() != null) {
      return Republication.as(push.as(), stored, scratch, limits);
    }
    ScratchTarball copy =
        ScratchTarball.receive(scratch, Long.MAX_VALUE, out -> Files.copy(stored, out));
    if (!copy.integrity().equals(version.integrity())) {
      copy.close();
      throw new IllegalStateException(
          "The stored bytes of %s are damaged: run `gatehouse verify`.".formatted(push.origin()));
    }
    return copy;
  }

  /// The upstream of `registry` with that id, if both are still there, else null.
  static @Nullable Upstream upstream(Directory directory, long registryId, long upstreamId) {
    Registry registry = directory.byId(registryId);
    return registry == null
        ? null
        : registry.upstreams().stream()
            .filter(one -> one.id() == upstreamId)
            .findFirst()
            .orElse(null);
  }
}
