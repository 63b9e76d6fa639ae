package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.publish.PublishDocument;
import dev.gatehouse.npm.publish.PublishLimits;
import dev.gatehouse.npm.publish.Revision;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing.Outcome;
import dev.gatehouse.publish.version.Publisher;
import dev.gatehouse.web.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `PUT {registry}/{name}` and `PUT {registry}/{name}/-rev/{rev}`: a new version with its tarball,
/// or changes to the package's document. Only the latter path takes versions back.
public final class PublishEndpoint {
  /// Each may hold megabytes of metadata while its tarball streams to the disk.
  private static final int MOST_AT_ONCE = 16;

  private static final long LONGEST_WAIT_SECONDS = 30;
  private static final long LARGEST_STAR = 64 << 10;
  private static final String NO_REVISION = "";

  private final Gate gate;
  private final Receipt receipt;
  private final RevisionSwitch revisions;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /// How versions are received and published.
  public record Receipt(Publisher publisher, Blobs blobs, PublishLimits limits) {}

  /// Receives documents; those without a tarball go to `revisions`.
  public PublishEndpoint(Gate gate, Receipt receipt, RevisionSwitch revisions) {
    this.gate = gate;
    this.receipt = receipt;
    this.revisions = revisions;
  }

  /// `PUT {name}`.
  public Response publish(Request request) throws Exception {
    return handle(request, NO_REVISION);
  }

  /// `PUT {name}/-rev/{rev}`.
  public Response revise(Request request) throws Exception {
    return handle(request, request.variable("rev"));
  }

  private Response handle(Request request, String urlRevision) throws Exception {
    Edit edit = Answers.edit(gate, request, Right.READ);
    long limit = limit(request, edit);
    if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many packages are being published. Try again in a moment.",
              Duration.ofSeconds(5),
              false));
    }
    try {
      return receive(request, limit, edit, urlRevision);
    } finally {
      places.release();
    }
  }

  /// Who may only read may still star, which takes few bytes; whatever is larger is refused before
  /// it is received.
  private long limit(Request request, Edit edit) {
    edit.requireNotArchived();
    if (edit.may(Right.PUBLISH)) {
      return receipt.limits().bodyBytes();
    }
    if (request.contentLength() < 0 || request.contentLength() > LARGEST_STAR) {
      edit.require(Right.PUBLISH);
    }
    return LARGEST_STAR;
  }

  private Response receive(Request request, long limit, Edit edit, String urlRevision)
      throws IOException {
    PublishLimits limits = receipt.limits();
    try (InputStream body = request.decodedBody(limit);
        var document = PublishDocument.read(body, receipt.blobs().scratch(), limits)) {
      return switch (document) {
        case Publication publication -> {
          edit.require(Right.PUBLISH);
          requireName(edit, publication.name());
          revisions.attendance().require(request, edit, PackageChange.PUBLISH);
          Outcome outcome = receipt.publisher().publish(edit, publication);
          yield Answers.done(outcome.changed() ? 201 : 200, edit, outcome);
        }
        case Revision revision -> {
          if (revision.name() != null) {
            requireName(edit, revision.name());
          }
          yield revisions.apply(request, edit, revision, urlRevision);
        }
      };
    }
  }

  private static void requireName(Edit edit, PackageName name) {
    if (!name.equals(edit.name())) {
      throw new ProblemException(
          new Problem.Malformed(
              "The document is of %s, but the URL names %s. Send it again."
                  .formatted(name, edit.name())));
    }
  }
}
