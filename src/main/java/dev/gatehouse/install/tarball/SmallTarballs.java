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
  private final Cache<Path, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(ROOM)
          .weigher((Path _, Held one) -> OVERHEAD + one.content.length())
          .evictionListener(SmallTarballs::release)
          .build();

  private record Held(Content content, Response response) {}

  /// The answer that sends the same bytes as `whole` from memory, or null if they are not there.
  /// Never blocks; a file that is in use is read behind the requests.
  @Nullable Response find(Response whole) {
    if (!(whole.body() instanceof Body.File(Path path, _, long length)) || length > LARGEST) {
      return null;
    }
    Held known = held.getIfPresent(path);
    if (known != null) {
      return known.response;
    }
    if (uses.get(path, _ -> new AtomicInteger()).incrementAndGet() % USES == 0
        && reading.putIfAbsent(path, true) == null) {
      Thread.startVirtualThread(() -> read(path, whole));
    }
    return null;
  }

  private void read(Path path, Response whole) {
    try {
      Content content = Content.direct(Files.readAllBytes(path));
      Response response =
          new Response(whole.status(), whole.headers(), new Body.Bytes(content))
              .with("accept-ranges", "bytes");
      held.put(path, new Held(content, response));
    } catch (IOException _) {
      // The next request opens it, and says what is wrong.
      held.invalidate(path);
    } finally {
      reading.remove(path);
    }
  }

  private static void release(@Nullable Path path, @Nullable Held one, RemovalCause cause) {
    if (one != null) {
      one.content.release();
    }
  }
}
