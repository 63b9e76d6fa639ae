package dev.gatehouse.publish.version;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.packages.HostedPackage;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;

/// How large the manifests of a package may become: its document is built in memory.
///
/// Adding them up reads every version of the package, so a publish notes the sum for the next one,
/// which believes it if nobody has changed the package in between.
final class Room {
  private static final long MOST_BYTES_OF_A_PACKAGE = 16L << 20;
  private static final int PACKAGES = 1_000;

  private final Cache<Long, Used> noted = Caffeine.newBuilder().maximumSize(PACKAGES).build();

  /// @param revision of the package
  private record Used(long revision, long bytes) {}

  /// The room that one publish takes.
  Claim claim() {
    return new Claim();
  }

  /// Made before the transaction, which it outlives.
  final class Claim {
    private long bytes;
    private boolean recounting;

    /// Believes no note: a version was removed before.
    void recount() {
      recounting = true;
    }

    /// Takes the room for `version`, inside of the transaction that adds it.
    void take(Edit edit, Draft draft, HostedVersion version) {
      bytes = used(draft) + version.manifest().length();
      if (bytes > MOST_BYTES_OF_A_PACKAGE) {
        throw new ProblemException(
            new Problem.TooLarge(
                "The manifests of all versions of %s would exceed %d bytes: unpublish some first."
                    .formatted(edit.name(), MOST_BYTES_OF_A_PACKAGE)));
      }
    }

    private long used(Draft draft) {
      HostedPackage hosted = draft.hosted();
      Used last = recounting ? null : noted.getIfPresent(hosted.id());
      return last != null && last.revision() == hosted.revision()
          ? last.bytes()
          : VersionEdits.manifestBytes(draft.handle(), hosted.id());
    }

    /// Notes it, once the transaction is committed: one that was undone says nothing.
    void settle(Editing.Outcome outcome) {
      if (outcome.changed()) {
        HostedPackage hosted = outcome.hosted();
        noted.put(hosted.id(), new Used(hosted.revision(), bytes));
      }
    }
  }
}
