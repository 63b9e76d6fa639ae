package dev.gatehouse.install.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Reads documents into memory with their index, keeps those used lately, and bounds how many bytes
/// are being read at a time: a document of 40 MB waits until there is room for it.
public final class DocumentIndexes {
  private static final int BYTES_PER_PERMIT = 1 << 20;
  private static final int MEGABYTES_IN_PROGRESS = 80;

  private final Blobs blobs;
  private final Cache<Key, PackumentIndex> recent;
  private final Semaphore room = new Semaphore(MEGABYTES_IN_PROGRESS, true);

  private record Key(String digest, String name) {}

  /// Documents in `blobs`, of which at most `megabytes` stay in memory.
  public DocumentIndexes(Blobs blobs, int megabytes) {
    this.blobs = blobs;
    this.recent =
        Caffeine.newBuilder()
            .maximumWeight((long) megabytes << 20)
            .weigher(
                (Key _, PackumentIndex index) -> Math.clamp(index.weight(), 1, Integer.MAX_VALUE))
            .build();
  }

  /// The stored document `digest` of `name`, or null if it is not in the store or damaged.
  public @Nullable PackumentIndex stored(String digest, String name) throws IOException {
    var key = new Key(digest, name);
    PackumentIndex held = recent.getIfPresent(key);
    if (held != null) {
      return held;
    }
    try {
      return switch (read(blobs.path(digest), name).parse()) {
        case PackumentParse.Parsed(PackumentIndex index) -> {
          recent.put(key, index);
          yield index;
        }
        case PackumentParse.Unusable _ -> null;
      };
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /// A document that was read: its SHA-256 in hex, and what became of it.
  record Read(String digest, PackumentParse parse) {}

  /// Reads the document in `file`, whatever it is.
  Read read(Path file, String name) throws IOException {
    int permits = Math.clamp(1 + Files.size(file) / BYTES_PER_PERMIT * 2, 1, MEGABYTES_IN_PROGRESS);
    room.acquireUninterruptibly(permits);
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new Read(sha256(bytes), PackumentIndex.parse(bytes, name));
    } finally {
      room.release(permits);
    }
  }

  /// Keeps `index` in memory as the document `digest`.
  void remember(String digest, PackumentIndex index) {
    recent.put(new Key(digest, index.name()), index);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
