package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.LongTable;
import dev.gatehouse.advisories.osv.OsvReader;
import dev.gatehouse.advisories.osv.OsvRecord;
import dev.gatehouse.db.Database;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.Validators;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/// One import while it runs. Records are written a few hundred at a time, each few in a transaction
/// of its own, so that publishing goes on beside it; nobody sees them before the feed's generation
/// is counted up. What is here already is told by its bytes and not even parsed.
final class ImportRun {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final int BATCH = 500;
  private static final int BATCH_BYTES = 2 << 20;
  private static final int REMOVED_AT_ONCE = 500;

  /// Part of every digest: counted up when records are read in another way, so that all are read
  /// again.
  private static final byte READING = 1;

  /// 48 bits: sums of many thousands of digests stay within a long.
  private static final long DIGEST_BITS = (1L << 48) - 1;

  private final Database database;
  private final Clock clock;
  private final Feed feed;
  private final LongConsumer progress;
  private final String holder = UUID.randomUUID().toString();
  private final Known known = new Known();
  private final List<Pending> pending = new ArrayList<>();
  private final long generation;
  private final Guard guard;
  private int pendingBytes;
  private long seen;
  private long useful;
  private long added;
  private long held;
  private long misread;

  private record Pending(OsvRecord record, long digest, boolean replaces) {}

  /// What an import needs beside its feed.
  record Ground(Database database, Clock clock, Kept kept, int widelyUsed) {}

  /// Takes the feed; a conflict problem if another process is importing it.
  ImportRun(Ground ground, Feed feed, LongConsumer progress) {
    this.database = ground.database();
    this.clock = ground.clock();
    this.feed = feed;
    this.progress = progress;
    this.generation =
        database.write(handle -> {
          FeedRows.ensure(handle, feed);
          hold(handle);
          long now = FeedRows.generation(handle, feed.name());
          RecordRows.clear(handle, feed.name(), now);
          return now;
        });
    this.guard = new Guard(feed, ground.kept(), ground.widelyUsed(), generation == 0);
    String after = "";
    while (after != null) {
      String last = after;
      after = database.read(handle -> RecordRows.digests(handle, feed.name(), last, known::add));
    }
  }

  /// Takes one record.
  void accept(String where, byte[] json) {
    progress.accept(++seen);
    long digest = digest(json);
    switch (known.ofDigest(digest)) {
      case UNCHANGED -> useful++;
      case TWICE -> throw twice(where);
      case NEW, CHANGED -> {
        OsvRecord record = OsvReader.read(json, where, feed.name());
        Known.Fate fate = known.ofId(LongTable.hash(record.id()), digest);
        if (fate == Known.Fate.TWICE) {
          throw twice(where);
        }
        misread += record.misread();
        useful += record.packages().isEmpty() ? 0 : 1;
        pending.add(new Pending(record, digest, fate == Known.Fate.CHANGED));
        pendingBytes += json.length;
        if (pending.size() >= BATCH || pendingBytes >= BATCH_BYTES) {
          flush();
        }
      }
    }
  }

  /// Writes what is pending, and lets those go that did not come again.
  void complete(boolean mayShrink) {
    flush();
    if (useful == 0) {
      throw new ProblemException(
          new Problem.Malformed(
              "It holds no advisory of an npm package: is it the right address?"));
    }
    List<Long> missing = known.missing();
    if (!mayShrink && missing.size() > Math.max(Importer.MAY_VANISH, known.before() / 10)) {
      throw new ProblemException(
          new Problem.Conflict(
              "It lacks %,d of the %,d records that were here: it may have been cut short. If that is right, import it with --even-if-smaller."
                  .formatted(missing.size(), known.before())));
    }
    for (int i = 0; i < missing.size(); i += REMOVED_AT_ONCE) {
      List<Long> some = missing.subList(i, Math.min(missing.size(), i + REMOVED_AT_ONCE));
      database.write(handle -> {
        hold(handle);
        RecordRows.removeDigests(handle, feed.name(), generation + 1, some);
        return some;
      });
    }
  }

  /// Writes what is pending, and keeps what else there is.
  void completeAdding() {
    flush();
  }

  /// Lets everybody see it, in the caller's transaction. Returns what came of it.
  Imported publish(Handle handle, Validators validators, boolean replaced) {
    hold(handle);
    long removed = replaced ? known.missing().size() : 0;
    long records = replaced ? known.present() : known.present() + known.missing().size();
    boolean changed = added > 0 || removed > 0 || generation == 0;
    FeedRows.finish(
        handle,
        feed.name(),
        new FeedRows.End(changed ? generation + 1 : generation, records, validators),
        clock.millis());
    return new Imported(feed.name(), records, added, removed, held, misread);
  }

  /// Leaves everything as it was, with a note of why.
  void abandon(String failure) {
    database.write(handle -> {
      if (FeedRows.lease(handle, feed.name(), holder, clock.millis(), clock.millis())) {
        RecordRows.clear(handle, feed.name(), generation);
        FeedRows.tried(handle, feed.name(), failure, clock.millis());
        FeedRows.release(handle, feed.name(), holder);
      }
      return failure;
    });
  }

  private void flush() {
    if (pending.isEmpty()) {
      return;
    }
    database.write(handle -> {
      hold(handle);
      List<RecordRows.Row> rows = new ArrayList<>();
      for (Pending one : pending) {
        one.record()
            .packages()
            .forEach((name, advisory) -> {
              String reason = guard.reason(handle, advisory, name);
              held += reason == null ? 0 : 1;
              rows.add(new RecordRows.Row(advisory, name, one.digest(), reason));
            });
      }
      List<String> ids =
          pending.stream().filter(Pending::replaces).map(one -> one.record().id()).toList();
      RecordRows.remove(handle, feed.name(), generation + 1, ids);
      RecordRows.insert(handle, generation + 1, rows);
      return rows;
    });
    added += pending.size();
    pending.clear();
    pendingBytes = 0;
  }

  private void hold(Handle handle) {
    long now = clock.millis();
    if (!FeedRows.lease(handle, feed.name(), holder, now, now + LEASE.toMillis())) {
      throw new ProblemException(
          new Problem.Conflict(
              "The feed \"%s\" is being imported by another process: wait until that is done."
                  .formatted(feed.name())));
    }
  }

  private long digest(byte[] json) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(READING);
      sha.update(feed.name().getBytes(StandardCharsets.UTF_8));
      return Math.max(1, ByteBuffer.wrap(sha.digest(json)).getLong() & DIGEST_BITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ProblemException twice(String where) {
    return new ProblemException(
        new Problem.Malformed(
            "It holds two different advisories with the same id, one of them in the file "
                + Quoted.quote(where)
                + "."));
  }
}
