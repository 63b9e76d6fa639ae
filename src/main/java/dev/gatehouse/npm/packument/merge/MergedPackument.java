package dev.gatehouse.npm.packument.merge;

import dev.gatehouse.npm.packument.Dropped;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.PackumentView.Own;
import dev.gatehouse.npm.packument.PackumentView.Stamps;
import dev.gatehouse.npm.packument.Selected;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that exists of a package, from whichever source, each version once: it is among the
/// candidates or in the rest. `tags` are as the sources have them: they may name versions that are
/// not served.
public record MergedPackument(
    List<Selected> candidates,
    NavigableMap<String, String> tags,
    PackumentIndex details,
    Span span,
    Rest rest) {

  /// The candidate called `version`, or null.
  public @Nullable Selected candidate(String version) {
    for (Selected one : candidates) {
      if (one.version().equals(version)) {
        return one;
      }
    }
    return null;
  }

  /// The same without the candidates that `kept` refuses: nobody is served them, as if no source
  /// had them.
  public MergedPackument keeping(Predicate<Selected> kept) {
    List<Selected> absent =
        Stream.concat(rest.absent().stream(), candidates.stream().filter(kept.negate())).toList();
    return new MergedPackument(
        candidates.stream().filter(kept).toList(),
        tags,
        details,
        span,
        new Rest(rest.unusable(), absent));
  }

  /// What the sources list besides the candidates.
  ///
  /// @param unusable what cannot be served, whatever anybody decides
  /// @param absent sound versions that the registry does not offer
  public record Rest(List<Dropped> unusable, List<Selected> absent) {}

  /// When the package came to be and changed last, as far as the sources say.
  public record Span(@Nullable Instant created, @Nullable Instant modified) {}

  /// The view of those candidates that `served` accepts, with tags repaired. `revision` changes
  /// whenever the view does. The view may be empty.
  public PackumentView serving(Predicate<Selected> served, String revision) {
    List<Selected> versions = candidates.stream().filter(served).toList();
    Set<String> numbers = new LinkedHashSet<>();
    Instant created = span.created();
    Instant modified = span.modified();
    for (Selected version : versions) {
      numbers.add(version.version());
      created = earlier(created, version.published());
      modified = later(modified, version.published());
    }
    Stamps stamps = new Stamps(revision, orEpoch(created), orEpoch(modified));
    return new PackumentView(
        details.name(), versions, TagRepair.repair(tags, numbers), details, stamps, Own.NONE, null);
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  private static Instant orEpoch(@Nullable Instant time) {
    return time == null ? Instant.EPOCH : time;
  }
}
