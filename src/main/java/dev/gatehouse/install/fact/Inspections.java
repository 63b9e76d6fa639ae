package dev.gatehouse.install.fact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.packages.InspectionRows;
import dev.gatehouse.packages.InspectionRows.InspectionRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks into tarballs for the policies that need it, once each.
public final class Inspections {
  private static final int PACKAGES_HELD = 500;

  private final InspectionRows rows;
  private final Clock clock;
  private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);
  private final AtomicLong revision = new AtomicLong();
  private final Cache<String, Map<Tarball, Inspection>> held =
      Caffeine.newBuilder().maximumSize(PACKAGES_HELD).build();

  /// The tarball of a version: what it should hash to is part of which one it is.
  record Tarball(String version, String integrity) {}

  /// Keeps what it sees in `rows`.
  public Inspections(InspectionRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /// Differs whenever more was seen by this process.
  public long revision() {
    return revision.get();
  }

  /// What was seen in the tarball of that version, or null if nobody has looked.
  @Nullable Inspection find(String name, Tarball tarball) {
    return all(name).get(tarball);
  }

  /// Forgets what is held of packages of which something was seen since then, perhaps by another
  /// process; gives their names.
  Set<String> learn(long then) {
    Set<String> names = rows.since(then);
    held.invalidateAll(names);
    revision.incrementAndGet();
    return names;
  }

  /// Looks through the tarball in `file`, which hashes to `integrity`, and keeps what it sees.
  /// Whoever comes while somebody looks waits for them; what another process has seen meanwhile is
  /// not looked at again.
  public void inspect(String name, String version, String integrity, Path file) {
    Lock lock = locks[Math.floorMod(name.hashCode(), locks.length)];
    lock.lock();
    try {
      var tarball = new Tarball(version, integrity);
      if (isUnseen(name, tarball)) {
        held.invalidate(name);
        if (isUnseen(name, tarball)) {
          look(name, version, integrity, file);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isUnseen(String name, Tarball tarball) {
    Inspection seen = find(name, tarball);
    return seen == null || seen.licences() == null;
  }

  private void look(String name, String version, String integrity, Path file) {
    try {
      rows.save(
          name, new InspectionRow(version, integrity, Inspection.of(file).json()), clock.millis());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    held.invalidate(name);
    revision.incrementAndGet();
  }

  private Map<Tarball, Inspection> all(String name) {
    return held.get(
        name,
        _ -> {
          Map<Tarball, Inspection> seen = new HashMap<>();
          for (InspectionRow row : rows.of(name)) {
            seen.put(new Tarball(row.version(), row.integrity()), Inspection.parse(row.seen()));
          }
          return seen;
        });
  }
}
