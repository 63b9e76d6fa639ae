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
    KnownDocument document = known(origin, name);
    long now = clock.millis();
    DocumentRow row = document.row();
    if (ask.storedOnly()) {
      return row == null ? new Absent() : state(row);
    }
    if (row != null && !ask.newest() && document.isFresh(now)) {
      return state(row);
    }
    if (row == null && !ask.newest() && document.failedLately(now)) {
      return new Failed(
          new Problem.UpstreamFailed(
              "The upstream failed a moment ago; it is asked again in a few seconds.", false));
    }
    Flight flight =
        document.flight(() ->
            Flight.begin(
                name,
                () -> fetch.fetch(document, new DocumentFetch.Wanted(origin, name, ask.hops()))));
    if (row == null || row.digest() == null || ask.newest()) {
      return orStored(flight.await(), row);
    }
    long age = KnownDocument.age(row, now);
    if (age >= freshness.stale().toMillis()) {
      return orStored(flight.await(), row);
    }
    if (age >= freshness.patience().toMillis()) {
      return orStored(flight.await(freshness.waitAtMost()), row);
    }
    return state(row);
  }

  /// Nothing of `name` is believed any more: its stored document turned out to be damaged.
  public void forget(Origin origin, String name) {
    known(origin, name).row(null);
  }

  /// An upstream that fails, or takes too long (`answer` is null), leaves the stored copy standing.
  private static DocumentState orStored(@Nullable DocumentState answer, @Nullable DocumentRow row) {
    if (row != null && row.digest() != null && (answer == null || answer instanceof Failed)) {
      return state(row);
    }
    return answer == null ? new Absent() : answer;
  }

  static DocumentState state(DocumentRow row) {
    return row.digest() == null ? new Absent() : new Known(row.digest(), modified(row));
  }

  private static long modified(DocumentRow row) {
    Instant modified = new Validators(row.etag(), row.lastModified()).modifiedAt();
    return modified == null ? 0 : modified.toEpochMilli();
  }
}
