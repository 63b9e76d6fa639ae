package dev.gatehouse.npm.packument.merge;

import dev.gatehouse.npm.packument.Dropped;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.VersionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Merges the documents of several sources into one, before anything is judged.
///
/// A version belongs to the first source that lists it, even if that source's copy is unusable or
/// is withheld afterwards: a lower source never fills the place of a version that a higher one has,
/// since that would let a public package speak for an internal one.
public final class PackumentMerge {
  private PackumentMerge() {}

  /// Merges `sources`, first in order wins; there is at least one and all describe the same
  /// package. `ownTags` are those that the registry itself keeps; they win over every source's.
  public static MergedPackument merge(Map<String, String> ownTags, List<Source> sources) {
    Set<String> taken = new HashSet<>();
    List<Selected> candidates = new ArrayList<>();
    List<Dropped> unusable = new ArrayList<>();
    for (Source source : sources) {
      for (VersionRow row : source.index().versions()) {
        if (taken.add(row.version())) {
          candidates.add(select(source, row));
        }
      }
      for (Dropped dropped : source.index().dropped()) {
        if (taken.add(dropped.version())) {
          unusable.add(dropped);
        }
      }
    }
    return new MergedPackument(
        List.copyOf(candidates),
        tags(ownTags, sources),
        describing(sources),
        span(sources),
        new MergedPackument.Rest(List.copyOf(unusable), List.of()));
  }

  /// Whoever has versions describes the package: the first may have nothing but tags.
  private static PackumentIndex describing(List<Source> sources) {
    return sources.stream()
        .map(Source::index)
        .filter(index -> !index.versions().isEmpty())
        .findFirst()
        .orElse(sources.getFirst().index());
  }

  private static Selected select(Source source, VersionRow row) {
    Instant published = row.published();
    return new Selected(
        source.index(), row, published == null ? source.times().of(row.version()) : published);
  }

  private static NavigableMap<String, String> tags(
      Map<String, String> ownTags, List<Source> sources) {
    NavigableMap<String, String> tags = new TreeMap<>(ownTags);
    for (Source source : sources) {
      if (source.hosted()) {
        String latest = hostedLatest(source.index());
        if (latest != null) {
          tags.putIfAbsent(TagRepair.LATEST, latest);
        }
      }
      source.index().tags().forEach(tags::putIfAbsent);
    }
    return tags;
  }

  private static @Nullable String hostedLatest(PackumentIndex hosted) {
    String named = hosted.tags().get(TagRepair.LATEST);
    return named != null
        ? named
        : TagRepair.newest(hosted.versions().stream().map(VersionRow::version).toList());
  }

  private static MergedPackument.Span span(List<Source> sources) {
    Instant created = null;
    Instant modified = null;
    for (Source source : sources) {
      created = MergedPackument.earlier(created, source.index().created());
      modified = MergedPackument.later(modified, source.index().modified());
    }
    return new MergedPackument.Span(created, modified);
  }
}
