package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Handler;
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
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// `PUT {registry}/{name}`: a new version with its tarball, or changes to the package's document.
public final class PublishEndpoint implements Handler {
  /// Each may hold megabytes of metadata while its tarball streams to the disk.
  private static final int MOST_AT_ONCE = 16;

  private static final long LONGEST_WAIT_SECONDS = 30;

  private final Gate gate;
  private final Publisher publisher;
  private final Blobs blobs;
  private final PublishLimits limits;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /// Receives documents within `limits` into the scratch directory of `blobs`.
  public PublishEndpoint(Gate gate, Publisher publisher, Blobs blobs, PublishLimits limits) {
    this.gate = gate;
    this.publisher = publisher;
    this.blobs = blobs;
    this.limits = limits;
  }

  @Override
  public Response handle(Request request) throws Exception {
    Caller caller = gate.caller(request, Right.PUBLISH);
    PackageName name = PackageName.parse(request.variable("name"));
    var edit = new Edit(caller.requireIdentity(), caller.registry(), name);
    edit.requireNotArchived();
    if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many packages are being published. Try again in a moment.",
              Duration.ofSeconds(5),
              false));
    }
    try {
      return receive(request, edit);
    } finally {
      places.release();
    }
  }

  private Response receive(Request request, Edit edit) throws IOException {
    try (var body = request.decodedBody(limits.bodyBytes());
        var document = PublishDocument.read(body, blobs.scratch(), limits)) {
      return switch (document) {
        case Publication publication -> {
          requireName(edit, publication.name());
          Outcome outcome = publisher.publish(edit, publication);
          yield Answers.done(outcome.changed() ? 201 : 200, edit, outcome);
        }
        case Revision _ ->
            throw new ProblemException(
                new Problem.Malformed("The publish document attaches no tarball."));
      };
    }
  }

  private static void requireName(Edit edit, PackageName name) {
    if (!name.equals(edit.name())) {
      throw new ProblemException(
          new Problem.Malformed(
              "The publish document is of %s, but the URL names %s. Publish again."
                  .formatted(name, edit.name())));
    }
  }
}
