package dev.gatehouse.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/// Which blobs were found to be whole a moment ago: an install reads the same documents for each of
/// its tarballs, and hashing takes as long as reading them. A file that was written to meanwhile
/// counts as unknown, and so does everything after a few minutes: disks forget, too.
public final class CheckedBlobs {
  private static final int MOST = 4_000;
  private static final Duration BELIEVED = Duration.ofMinutes(5);

  private final Blobs blobs;
  private final Cache<String, FileTime> checked =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(BELIEVED).build();

  /// Nothing is known of `blobs` yet.
  public CheckedBlobs(Blobs blobs) {
    this.blobs = blobs;
  }

  /// Whether the blob `digest` was whole a moment ago and nobody has written to it since.
  public boolean has(String digest) throws IOException {
    FileTime known = checked.getIfPresent(digest);
    return known != null && known.equals(written(digest));
  }

  /// When the blob `digest` was written, for [#add].
  public FileTime written(String digest) throws IOException {
    return Files.getLastModifiedTime(blobs.path(digest));
  }

  /// Notes that the blob `digest`, written at `written`, was read after that and was whole.
  public void add(String digest, FileTime written) {
    checked.put(digest, written);
  }
}
