package dev.gatehouse.install.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.install.document.DocumentState.Absent;
import dev.gatehouse.install.document.DocumentState.Failed;
import dev.gatehouse.install.document.DocumentState.Known;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.upstream.Validators;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The documents of origins, as fresh as the request needs them. How old a copy may be and who
/// waits for a newer one is decided here; the asking itself is [DocumentFetch].
public final class UpstreamDocuments {
  private static final int NAMES_HELD = 50_000;
  private static final Problem.UpstreamFailed SLOW =
      new Problem.UpstreamFailed("The upstream is slow to answer; try again in a moment.", true);

  private final DocumentRows rows;
  private final DocumentFetch fetch;
  private final Freshness freshness;
  private final Clock clock;
  private final Cache<Key, KnownDocument> known =
      Caffeine.newBuilder().maximumSize(NAMES_HELD).build();

  private record Key(String origin, String name) {}

  /// Documents recorded in `rows` and fetched by `fetch`.
  public UpstreamDocuments(
      DocumentRows rows, DocumentFetch fetch, Freshness freshness, Clock clock) {
    this.rows = rows;
    this.fetch = fetch;
    this.freshness = freshness;
    this.clock = clock;
  }

  /// What is known of `name` at `origin`, whether or not it was ever asked for.
  public KnownDocument known(Origin origin, String name) {
    return known.get(
        new Key(origin.key(), name),
        key -> new KnownDocument(freshness, rows.find(key.origin(), key.name())));
  }

  /// The document of `name` at `origin`: at once if the copy is fresh, the old copy at once while a
  /// new one is fetched behind, or after waiting, by the copy's age and by what is asked. Waits at
  /// most as long as the upstream client takes.
  public DocumentState state(Origin origin, String name, Ask ask) {
    if (ask.storedOnly()) {
      return stored(origin, name);
    }
    KnownDocument document = known(origin, name);
    long answers = document.answers();
    long now = clock.millis();
    DocumentRow row = document.row();
    if (!ask.newest()) {
      if (row != null && document.isYoung(row, ask.demand(), now)) {
        return state(row, null);
      }
      Problem.UpstreamFailed lately = document.failedLately(now);
      if (lately != null) {
        return orStored(new Failed(lately), row);
      }
    }
    Flight flight =
        document.flight(
            answers,
            () ->
                Flight.begin(
                    name,
                    () ->
                        fetch.fetch(document, new DocumentFetch.Wanted(origin, name, ask.hops()))));
    return orStored(
        row == null || row.digest() == null || ask.newest()
            ? flight.await()
            : await(flight, row, ask.demand(), now),
        row);
  }

  /// What is stored of `name` at `origin`, however old; nobody is asked.
  public DocumentState stored(Origin origin, String name) {
    DocumentRow row = known(origin, name).row();
    return row == null ? new Absent() : state(row, null);
  }

  /// What is said of `digest` is not believed any more: the stored document turned out to be gone
  /// or damaged.
  public void forget(Origin origin, DocumentIndexes.Key key) {
    known(origin, key.name()).forget(key.digest());
  }

  /// What came of `flight` after as long as the age of the copy, `row`, or the demand makes one
  /// wait.
  private DocumentState await(Flight flight, DocumentRow row, Ask.Demand demand, long now) {
    long age = KnownDocument.age(row, now);
    if (age >= freshness.stale().toMillis()) {
      return flight.await();
    }
    if (age < freshness.patience().toMillis() && demand != Ask.Demand.CONFIRMED) {
      return state(row, null);
    }
    DocumentState answer = flight.await(freshness.waitAtMost());
    return answer == null ? state(row, SLOW) : answer;
  }

  /// An upstream that fails leaves the stored copy standing.
  private static DocumentState orStored(DocumentState answer, @Nullable DocumentRow row) {
    return row != null
            && row.digest() != null
            && answer instanceof Failed(Problem.UpstreamFailed problem)
        ? state(row, problem)
        : answer;
  }

  static DocumentState state(DocumentRow row, Problem.@Nullable UpstreamFailed doubt) {
    return row.digest() == null ? new Absent() : new Known(row.digest(), modified(row), doubt);
  }

  private static long modified(DocumentRow row) {
    Instant modified = new Validators(row.etag(), row.lastModified()).modifiedAt();
    return modified == null ? 0 : modified.toEpochMilli();
  }
}
