package dev.gatehouse.install.tarball;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Content;
import dev.gatehouse.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The bytes of small tarballs that are asked for again and again, outside of the heap: to open,
/// look at and close a file costs more than to send it. What a few installs ask for once each is
/// left to the kernel.
final class SmallTarballs {
  private static final int LARGEST = 64 << 10;
  private static final long ROOM = 16L << 20;
  private static final int OVERHEAD = 500;

  /// So many uses tell that a tarball is in use; the notes of what is rarely used make way.
  private static final int USES = 8;

  private static final int NOTED = 4_096;

  private final Cache<Path, AtomicInteger> uses = Caffeine.newBuilder().maximumSize(NOTED).build();
  private final Map<Path, Boolean> reading = new ConcurrentHashMap<>();
  private final Cache<Path, Body.Bytes> held =
      Caffeine.newBuilder()
          .maximumWeight(ROOM)
          .weigher((Path _, Body.Bytes one) -> OVERHEAD + one.content().length())
          .evictionListener(SmallTarballs::release)
          .build();

  /// `whole`, which sends a file, with the same bytes from memory, or null if they are not there.
  /// The headers stay its own: versions that declare the same bytes in different ways share the
  /// file and not the tag. Never blocks; a file that is in use is read behind the requests.
  @Nullable Response find(Response whole) {
    if (!(whole.body() instanceof Body.File(Path path, _, long length)) || length > LARGEST) {
      return null;
    }
    Body.Bytes known = held.getIfPresent(path);
    if (known != null) {
      return new Response(whole.status(), whole.headers(), known);
    }
    if (uses.get(path, _ -> new AtomicInteger()).incrementAndGet() % USES == 0
        && reading.putIfAbsent(path, true) == null) {
      Thread.startVirtualThread(() -> read(path));
    }
    return null;
  }

  private void read(Path path) {
    try {
      held.put(path, new Body.Bytes(Content.direct(Files.readAllBytes(path))));
    } catch (IOException _) {
      // The next request opens it, and says what is wrong.
      held.invalidate(path);
    } finally {
      reading.remove(path);
    }
  }

  private static void release(@Nullable Path path, Body.@Nullable Bytes one, RemovalCause cause) {
    if (one != null) {
      one.content().release();
    }
  }
}
