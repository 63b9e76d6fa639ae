package dev.gatehouse.install.document;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.DocumentState.Failed;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.upstream.DocumentAnswer;
import dev.gatehouse.upstream.DocumentQuestion;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.Validators;
import dev.gatehouse.upstream.health.Health;
import dev.gatehouse.upstream.source.Hops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks an origin for a document once, and keeps what it says: the bytes in the store, what was
/// said in memory at once and in the database soon after.
public final class DocumentFetch {
  private static final Logger log = LoggerFactory.getLogger(DocumentFetch.class);

  private final UpstreamClient client;
  private final Blobs blobs;
  private final Settling settling;
  private final Stamps stamps;
  private final Health health;
  private final Intake intake;
  private final Clock clock;

  /// The parts that a fetch works with.
  public record Parts(
      UpstreamClient client, Blobs blobs, Settling settling, Stamps stamps, Health health) {}

  /// What to ask for, where, and through whom the question came.
  record Wanted(Origin origin, String name, Hops hops) {}

  /// Fetches what `intake` takes in, with `parts`.
  public DocumentFetch(Parts parts, Intake intake, Clock clock) {
    this.client = parts.client();
    this.blobs = parts.blobs();
    this.settling = parts.settling();
    this.stamps = parts.stamps();
    this.health = parts.health();
    this.intake = intake;
    this.clock = clock;
  }

  /// Asks, with the validators of what is known already, and brings `document` up to date. Never
  /// throws: whatever goes wrong here, those who wait are told.
  DocumentState fetch(KnownDocument document, Wanted wanted) {
    try {
      return ask(document, wanted);
    } catch (RuntimeException | Error failure) {
      log.error("Taking in the document of {} failed.", wanted.name(), failure);
      return failed(
          document,
          "The upstream's document of %s could not be taken in here; the server's log says why."
              .formatted(wanted.name()),
          false);
    }
  }

  private DocumentState ask(KnownDocument document, Wanted wanted) {
    DocumentRow before = document.row();
    Validators validators =
        before == null || before.digest() == null
            ? null
            : new Validators(before.etag(), before.lastModified());
    long began = System.nanoTime();
    DocumentAnswer answer =
        client.document(
            wanted.origin().source(),
            new DocumentQuestion(intake.path(wanted.name()), validators, intake.absent()),
            wanted.hops());
    note(wanted.origin(), answer, began);
    return switch (answer) {
      case DocumentAnswer.Fresh fresh -> fresh(document, wanted, fresh);
      case DocumentAnswer.NotModified _ -> confirmed(document, wanted, before);
      case DocumentAnswer.NotFound _ ->
          learned(document, row(wanted, null, new Validators(null, null)));
      case DocumentAnswer.Failed(String sentence, boolean timedOut) ->
          failed(document, sentence, timedOut);
    };
  }

  private void note(Origin origin, DocumentAnswer answer, long began) {
    if (answer instanceof DocumentAnswer.Failed(String sentence, _)) {
      health.failed(origin.key(), sentence);
    } else {
      health.answered(origin.key(), began);
    }
  }

  private DocumentState confirmed(
      KnownDocument document, Wanted wanted, @Nullable DocumentRow before) {
    if (before == null) {
      return failed(document, "The upstream confirmed a document that was never fetched.", false);
    }
    return learned(
        document,
        row(wanted, before.digest(), new Validators(before.etag(), before.lastModified())));
  }

  private DocumentState fresh(KnownDocument document, Wanted wanted, DocumentAnswer.Fresh fresh) {
    Path file = fresh.file();
    try {
      return switch (intake.read(file, wanted.name())) {
        case Intake.Unusable(String sentence) -> failed(document, sentence, false);
        case Intake.Usable usable -> received(document, wanted, new Received(usable, fresh));
      };
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      delete(file);
    }
  }

  private record Received(Intake.Usable usable, DocumentAnswer.Fresh fresh) {}

  /// Moved in also over bytes that are there: after a power cut, those of a file without a row may
  /// not be what they were.
  private DocumentState received(KnownDocument document, Wanted wanted, Received received)
      throws IOException {
    String digest = received.usable().digest();
    settling.hold(digest);
    try {
      blobs.place(received.fresh().file(), digest);
      received.usable().kept().from(wanted.origin(), document.row());
      return learned(document, row(wanted, digest, received.fresh().validators()));
    } finally {
      settling.letGo(digest);
    }
  }

  private DocumentRow row(Wanted wanted, @Nullable String digest, Validators validators) {
    return new DocumentRow(
        wanted.origin().key(),
        wanted.name(),
        digest,
        validators.etag(),
        validators.lastModified(),
        clock.millis());
  }

  private DocumentState learned(KnownDocument document, DocumentRow row) {
    DocumentRow before = document.row();
    document.learned(row);
    if (before == null || !Objects.equals(before.digest(), row.digest())) {
      intake.outdate(stamps, row.name());
    }
    settling.add(new Settling.Item(row.digest(), handle -> DocumentRows.save(handle, row)));
    return UpstreamDocuments.state(row, null);
  }

  private DocumentState failed(KnownDocument document, String sentence, boolean timedOut) {
    var problem = new Problem.UpstreamFailed(sentence, timedOut);
    document.failed(clock.millis(), problem);
    return new Failed(problem);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
