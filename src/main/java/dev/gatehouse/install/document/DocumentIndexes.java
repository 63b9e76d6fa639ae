package dev.gatehouse.install.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.blob.CheckedBlobs;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.PackumentTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Reads documents into memory with their index, keeps those used lately, of many more the index
/// alone, and bounds how many bytes are being read at a time: a document of 40 MB waits until there
/// is room for it.
public final class DocumentIndexes {
  private static final int BYTES_PER_PERMIT = 1 << 20;
  private static final int MEGABYTES_IN_PROGRESS = 80;

  private static final int OVERHEAD = 300;

  /// An install of two thousand packages asks for each document and then for one of its tarballs:
  /// their tables take about so much.
  private static final int TABLE_BYTES = 12 << 20;

  private final Blobs blobs;
  private final CheckedBlobs checked;
  private final RecentIndexes recent;
  private final Cache<Key, PackumentTable> tables =
      Caffeine.newBuilder()
          .maximumWeight(TABLE_BYTES)
          .weigher((Key _, PackumentTable table) -> OVERHEAD + table.weight())
          .build();
  private final Semaphore room = new Semaphore(MEGABYTES_IN_PROGRESS, true);

  /// Documents in `blobs`, of which at most `megabytes` stay in memory.
  public DocumentIndexes(Blobs blobs, int megabytes) {
    this.blobs = blobs;
    this.checked = new CheckedBlobs(blobs);
    this.recent = new RecentIndexes((long) megabytes << 20);
  }

  /// One document: its digest in the store, and whose it is.
  public record Key(String digest, String name) {}

  /// Documents in memory, and the room that they take there, until it is closed.
  public static final class Lease implements AutoCloseable {
    private final Map<Key, PackumentIndex> indexes;
    private final Runnable end;

    private Lease(Map<Key, PackumentIndex> indexes, Runnable end) {
      this.indexes = indexes;
      this.end = end;
    }

    /// The document, or null if it is not in the store or damaged.
    public @Nullable PackumentIndex find(Key key) {
      return indexes.get(key);
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /// Brings all of `keys` into memory. Waits for room for all of them at once, so that no two
  /// callers wait for each other with half of what they need. Close it when nothing made from the
  /// documents refers to them any more.
  public Lease open(Collection<Key> keys) {
    int permits = permits(keys);
    room.acquireUninterruptibly(permits);
    try {
      Map<Key, PackumentIndex> indexes = new HashMap<>();
      for (Key key : keys) {
        PackumentIndex index = stored(key);
        if (index != null) {
          indexes.put(key, index);
        }
      }
      return new Lease(indexes, () -> room.release(permits));
    } catch (RuntimeException | Error failure) {
      room.release(permits);
      throw failure;
    }
  }

  /// For what is in memory anyway nothing; a file that is gone meanwhile takes nothing either.
  private int permits(Collection<Key> keys) {
    long permits = 0;
    for (Key key : keys) {
      if (recent.find(key) == null) {
        permits += permits(blobs.path(key.digest()).toFile().length());
      }
    }
    return Math.clamp(permits, 0, MEGABYTES_IN_PROGRESS);
  }

  private static int permits(long bytes) {
    return Math.clamp(1 + bytes / BYTES_PER_PERMIT * 2, 1, MEGABYTES_IN_PROGRESS);
  }

  private @Nullable PackumentIndex stored(Key key) {
    PackumentIndex held = recent.find(key);
    if (held != null) {
      return held;
    }
    try {
      byte[] bytes = whole(key.digest());
      PackumentIndex index = bytes == null ? null : index(key, bytes);
      if (index != null) {
        recent.put(key, index);
      }
      return index;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private @Nullable PackumentIndex index(Key key, byte[] bytes) {
    PackumentTable table = tables.getIfPresent(key);
    if (table != null) {
      return table.with(bytes);
    }
    if (PackumentIndex.parse(bytes, key.name())
        instanceof PackumentParse.Parsed(PackumentIndex index)) {
      tables.put(key, index.table());
      return index;
    }
    return null;
  }

  /// The bytes of the blob `digest`; null if it is damaged.
  private byte @Nullable [] whole(String digest) throws IOException {
    boolean known = checked.has(digest);
    FileTime written = checked.written(digest);
    byte[] bytes = Files.readAllBytes(blobs.path(digest));
    if (!known && !sha256(bytes).equals(digest)) {
      return null;
    }
    if (!known) {
      checked.add(digest, written);
    }
    return bytes;
  }

  /// A document that was read: its SHA-256 in hex, when its file was written, and what became of
  /// it.
  record Read(String digest, FileTime written, PackumentParse parse) {}

  /// Reads the document in `file`, whatever it is.
  Read read(Path file, String name) throws IOException {
    int permits = permits(Files.size(file));
    room.acquireUninterruptibly(permits);
    try {
      FileTime written = Files.getLastModifiedTime(file);
      byte[] bytes = Files.readAllBytes(file);
      return new Read(sha256(bytes), written, PackumentIndex.parse(bytes, name));
    } finally {
      room.release(permits);
    }
  }

  /// Keeps `index` in memory, which came of `read`: the file that was read is to be in the store.
  void remember(Read read, PackumentIndex index) {
    var key = new Key(read.digest(), index.name());
    recent.put(key, index);
    tables.put(key, index.table());
    checked.add(read.digest(), read.written());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
