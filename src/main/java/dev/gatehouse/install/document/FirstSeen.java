package dev.gatehouse.install.document;

import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.VersionRow;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.packages.DocumentRows;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When versions appeared whose own time does not count: their upstream gives none, or one that
/// cannot be true, because it lies in the future or before the upstream was asked last and did not
/// have them. Those that a document has at first sight get the document's own date, else 1970;
/// those that appear later get the moment they were first seen here. A version that comes with
/// other bytes than it had is another one, and appears then.
public final class FirstSeen {
  /// An upstream may show a version so much later than it dates it, in milliseconds.
  private static final long LAG = 10 * 60 * 1_000;

  private final DocumentRows rows;
  private final Clock clock;

  /// Remembers in `rows`.
  public FirstSeen(DocumentRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /// A version, and hashes of what its document says that the tarball hashes to: SHA-512 and SHA-1,
  /// each 0 if it does not say.
  record Listed(VersionRow row, long integrity, long shasum) {
    /// All versions of `index`, which is not held on to.
    static List<Listed> of(PackumentIndex index) {
      return index.versions().stream()
          .map(row ->
              new Listed(
                  row, hash(index.json(row, Part.INTEGRITY)), hash(index.json(row, Part.SHASUM))))
          .toList();
    }

    /// Whether these are other bytes, or nobody can tell any more.
    boolean differs(Listed other) {
      boolean bothLong = integrity != 0 && other.integrity != 0;
      boolean bothShort = shasum != 0 && other.shasum != 0;
      if (!bothLong && !bothShort) {
        return (integrity | shasum | other.integrity | other.shasum) != 0;
      }
      return (bothLong && integrity != other.integrity) || (bothShort && shasum != other.shasum);
    }

    /// FNV-1a: nobody chooses what a digest is.
    private static long hash(byte @Nullable [] digest) {
      long hash = 0;
      if (digest != null) {
        hash = 0xcbf29ce484222325L;
        for (byte one : digest) {
          hash = (hash ^ one) * 0x100000001b3L;
        }
      }
      return hash;
    }
  }

  /// What was known of a package before its newest document came.
  ///
  /// @param versions which it had; null if that cannot be told any more
  /// @param confirmed when its upstream was asked last, milliseconds since 1970
  record Before(@Nullable Map<String, Listed> versions, long confirmed) {
    /// Whether it had that version, with the same bytes, as far as that can be told.
    boolean had(Listed version) {
      if (versions == null) {
        return true;
      }
      Listed known = versions.get(version.row().version());
      return known != null && !known.differs(version);
    }
  }

  /// Notes those `versions` of `name` whose time does not count: as new if the package was known
  /// `before`, else as there from the beginning.
  void note(Origin origin, String name, List<Listed> versions, @Nullable Before before) {
    List<Listed> noted = versions.stream().filter(one -> !countsTime(one, before)).toList();
    if (noted.isEmpty()) {
      return;
    }
    Map<String, Long> seen = rows.firstSeen(origin.key(), name);
    boolean later = before != null || !seen.isEmpty();
    Map<String, Long> unseen = new HashMap<>();
    for (Listed one : noted) {
      String version = one.row().version();
      if (!seen.containsKey(version) || (before != null && !before.had(one))) {
        unseen.put(version, later ? clock.millis() : 0L);
      }
    }
    if (!unseen.isEmpty()) {
      rows.putFirstSeen(origin.key(), name, unseen);
    }
  }

  private boolean countsTime(Listed one, @Nullable Before before) {
    Instant told = one.row().published();
    if (told == null || told.toEpochMilli() > clock.millis()) {
      return false;
    }
    boolean backdated =
        before != null && told.toEpochMilli() < before.confirmed() - LAG && !before.had(one);
    return !backdated;
  }

  /// The times that stand in for those that `index` lacks; `modified` is the document's own date in
  /// milliseconds since 1970, 0 if it has none.
  public FallbackTimes times(Origin origin, PackumentIndex index, long modified) {
    return timeless(index).isEmpty()
        ? FallbackTimes.NONE
        : new FallbackTimes(Instant.ofEpochMilli(modified), later(origin, index.name()));
  }

  /// When those versions of `name` were first seen whose own time does not count, and which were
  /// not there at first sight.
  public Map<String, Instant> later(Origin origin, String name) {
    Map<String, Instant> later = new HashMap<>();
    rows.firstSeen(origin.key(), name)
        .forEach((version, seen) -> {
          if (seen > 0) {
            later.put(version, Instant.ofEpochMilli(seen));
          }
        });
    return later;
  }

  private static List<String> timeless(PackumentIndex index) {
    return index.versions().stream()
        .filter(row -> row.published() == null)
        .map(VersionRow::version)
        .toList();
  }
}
