package dev.gatehouse.publish.push;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.VersionRow;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.DocumentAnswer;
import dev.gatehouse.upstream.DocumentQuestion;
import dev.gatehouse.upstream.PushAnswer;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamSource;
import org.jspecify.annotations.Nullable;

/// Publishes to registries elsewhere. It looks there first: registries refuse a version that they
/// have, each in its own words, and whether a broken attempt arrived is known only by looking.
public record Outbound(UpstreamClient client, Origins origins, PushTrail trail) {

  Push.Pushed send(Parcel parcel) {
    Push push = parcel.push();
    Origin origin = origins.of(push.to());
    if (origin == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "The address of the upstream \"%s\" is not known: set the public registry first."
                  .formatted(push.to().name())));
    }
    String integrity = parcel.tarball().integrity();
    PackumentIndex there = look(push, origin.source());
    VersionRow row = there == null ? null : there.version(push.target());
    if (there != null && row != null) {
      requireSame(parcel, there, row);
      return new Push.Pushed(push.target(), integrity, false);
    }
    return publish(parcel, origin.source());
  }

  private Push.Pushed publish(Parcel parcel, UpstreamSource to) {
    Push push = parcel.push();
    trail.leaving(parcel, to);
    return switch (client.publish(to, push.name(), parcel.body(to), Hops.none())) {
      case PushAnswer.Accepted _ -> {
        trail.accepted(parcel, to);
        yield new Push.Pushed(push.target(), parcel.tarball().integrity(), true);
      }
      case PushAnswer.Refused(_, String sentence) -> {
        trail.refused(parcel, to);
        throw new ProblemException(
            new Problem.Forbidden(
                "\"%s\" did not take %s@%s. %s"
                    .formatted(push.to().name(), push.name(), push.target(), sentence)));
      }
      case PushAnswer.Failed(String sentence, boolean timedOut) -> {
        trail.unanswered(parcel, to);
        throw new ProblemException(new Problem.UpstreamFailed(sentence, timedOut));
      }
    };
  }

  /// What is there, or null if nothing is or the question fails, as it does where two servers draw
  /// from each other: then the upstream itself decides whether the version may be published.
  private @Nullable PackumentIndex look(Push push, UpstreamSource source) {
    return switch (client.document(
        source,
        new DocumentQuestion(push.name().encoded(), null, DocumentQuestion.ABSENT),
        Hops.none())) {
      case DocumentAnswer.Fresh fresh ->
          PackumentIndex.parse(fresh.take(), push.name().value())
                  instanceof PackumentParse.Parsed(PackumentIndex index)
              ? index
              : null;
      case DocumentAnswer.NotFound _, DocumentAnswer.NotModified _, DocumentAnswer.Failed _ -> null;
    };
  }

  private static void requireSame(Parcel parcel, PackumentIndex there, VersionRow row) {
    String integrity = there.text(row, Part.INTEGRITY);
    String shasum = there.text(row, Part.SHASUM);
    Integrity declared = integrity == null ? null : Integrity.parse(integrity);
    boolean same =
        declared != null
            ? declared.matches(parcel.tarball().sha512())
            : parcel.tarball().sha1().equals(shasum);
    if (!same) {
      Push push = parcel.push();
      throw new ProblemException(
          new Problem.Conflict(
              "\"%s\" has version %s of %s already, with other bytes, and a version never changes: push it under a new number by --as."
                  .formatted(push.to().name(), push.target(), push.name())));
    }
  }
}
