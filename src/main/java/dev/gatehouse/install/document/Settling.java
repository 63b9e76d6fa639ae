package dev.gatehouse.install.document;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.DocumentRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what was fetched from upstreams durable behind the answers: sync the blob, then write its
/// row, many at a time in one transaction. Nothing waits for it, because whatever a power cut takes
/// can be fetched again; a row is never written before its blob is on the disk.
public final class Settling implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Settling.class);
  private static final int MOST_AT_ONCE = 256;
  private static final int LONGEST_QUEUE = 20_000;

  private final Blobs blobs;
  private final Database database;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final ConcurrentHashMap<String, Integer> unsettled = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /// Something to settle: the blob to sync, if there is one, and how to write its row. `write`
  /// returns the digest of a blob that may be deleted after the commit, or null.
  public record Item(@Nullable String digest, Function<Handle, @Nullable String> write) {}

  /// Settles into `blobs` and `database` until it is closed.
  public Settling(Blobs blobs, Database database) {
    this.blobs = blobs;
    this.database = database;
    this.thread = Thread.ofPlatform().name("settling").daemon().start(this::loop);
  }

  /// Queues `item`. Blocks only when the disk is hopelessly behind.
  public void add(Item item) {
    if (item.digest() != null) {
      hold(item.digest());
    }
    try {
      queue.put(item);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the blob was placed by this process and its row is still to be written.
  public boolean isUnderWay(String digest) {
    return unsettled.containsKey(digest);
  }

  /// Keeps the blob from being deleted until [#letGo], once for each call: somebody is about to
  /// place it and to add its row.
  void hold(String digest) {
    unsettled.merge(digest, 1, Integer::sum);
  }

  /// Ends one [#hold].
  void letGo(String digest) {
    unsettled.computeIfPresent(digest, (_, holds) -> holds == 1 ? null : holds - 1);
  }

  /// Settles everything that is queued.
  @Override
  public void close() {
    closed = true;
    add(new Item(null, _ -> null)); // wakes the thread, which waits for work
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed || !queue.isEmpty()) {
      List<Item> batch = new ArrayList<>();
      try {
        batch.add(queue.take());
        queue.drainTo(batch, MOST_AT_ONCE - 1);
        settle(batch);
      } catch (InterruptedException _) {
        closed = true;
      }
    }
  }

  /// Writes `batch`, lets go of its blobs, and deletes those that were replaced, unless the same
  /// bytes have come again meanwhile: then somebody else holds them.
  private void settle(List<Item> batch) {
    List<String> replaced = List.of();
    try {
      replaced = write(batch.stream().filter(this::sync).toList());
    } finally {
      for (Item item : batch) {
        if (item.digest() != null) {
          letGo(item.digest());
        }
      }
    }
    replaced.forEach(this::delete);
  }

  /// Returns the digests that nothing names any more. What fails together is tried one by one, so
  /// that one row that cannot be written, of a registry that was just deleted, say, takes no other
  /// with it.
  private List<String> write(List<Item> synced) {
    try {
      return writeTogether(synced);
    } catch (RuntimeException failure) {
      if (synced.size() > 1) {
        return synced.stream().flatMap(item -> write(List.of(item)).stream()).toList();
      }
      log.warn("Could not record a fetched file; it will be fetched again.", failure);
      return List.of();
    }
  }

  private List<String> writeTogether(List<Item> synced) {
    return database.write(handle -> {
      List<String> gone = new ArrayList<>();
      for (Item item : synced) {
        String digest = item.write().apply(handle);
        if (digest != null) {
          gone.add(digest);
        }
      }
      return DocumentRows.unnamed(handle, gone);
    });
  }

  private boolean sync(Item item) {
    try {
      if (item.digest() != null) {
        blobs.settle(item.digest());
      }
      return true;
    } catch (IOException failure) {
      log.warn("Could not sync a fetched file; it will be fetched again.", failure);
      return false;
    }
  }

  private void delete(String digest) {
    unsettled.compute(
        digest,
        (_, holds) -> {
          if (holds == null) {
            deleteNow(digest);
          }
          return holds;
        });
  }

  private void deleteNow(String digest) {
    try {
      blobs.delete(digest);
    } catch (IOException failure) {
      log.warn("Could not delete a document that was replaced; `verify` will.", failure);
    }
  }
}
