package dev.gatehouse.install.view;

import dev.gatehouse.install.document.DocumentIndexes.Lease;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.npm.packument.merge.PackumentMerge;
import dev.gatehouse.npm.packument.merge.Source;
import dev.gatehouse.packages.HostedDocument;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Makes one view of the documents that were gathered.
final class Reading {
  private final FirstSeen firstSeen;

  Reading(FirstSeen firstSeen) {
    this.firstSeen = firstSeen;
  }

  /// The pieces whose document is not among those in memory.
  List<Piece.Foreign> missing(Gathered gathered, Lease lease) {
    return gathered.pieces().stream()
        .filter(Piece.Foreign.class::isInstance)
        .map(Piece.Foreign.class::cast)
        .filter(piece -> lease.find(piece.key()) == null)
        .toList();
  }

  /// What the pieces say together. A lower source never speaks for a higher one that is silent, and
  /// nobody's silence means "not found".
  Found found(Gathered gathered, Lease lease) {
    List<Source> sources = new ArrayList<>();
    Map<PackumentIndex, Place> places = new HashMap<>();
    Map<PackumentIndex, Set<String>> offered = new HashMap<>();
    boolean any = false;
    for (Piece piece : gathered.pieces()) {
      Source source = source(piece, lease);
      boolean speaks = !source.index().versions().isEmpty();
      any |= speaks;
      if (piece instanceof Piece.Foreign foreign) {
        if (speaks && foreign.above() != null) {
          return new Found.Unknown(foreign.above());
        }
        boolean first = places.putIfAbsent(source.index(), foreign.place()) == null;
        if (first && foreign.offered() != null) {
          offered.put(source.index(), foreign.offered());
        }
      }
      sources.add(source);
    }
    Problem.UpstreamFailed failure = gathered.failure();
    if (failure != null && !any) {
      return new Found.Unknown(failure);
    }
    return sources.isEmpty()
        ? new Found.Nothing()
        : new Found.Versions(view(gathered, sources, offered), places, gathered.doubt());
  }

  private static PackumentView view(
      Gathered gathered, List<Source> sources, Map<PackumentIndex, Set<String>> offered) {
    return PackumentMerge.merge(Map.of(), sources)
        .serving(version -> isOffered(version, offered), revision(gathered, sources))
        .with(gathered.own());
  }

  private static boolean isOffered(Selected version, Map<PackumentIndex, Set<String>> offered) {
    Set<String> only = offered.get(version.source());
    return only == null || only.contains(version.version());
  }

  private Source source(Piece piece, Lease lease) {
    return switch (piece) {
      case Piece.Hosted(Holding holding) ->
          new Source(index(holding), FallbackTimes.NONE, !holding.versions().isEmpty());
      case Piece.Foreign foreign -> {
        PackumentIndex index = Objects.requireNonNull(lease.find(foreign.key()), "opened");
        yield new Source(
            index,
            firstSeen.times(foreign.place().origin(), index, foreign.document().modified()),
            false);
      }
    };
  }

  private static PackumentIndex index(Holding holding) {
    String name = holding.hosted().name();
    return switch (PackumentIndex.parse(HostedDocument.of(holding), name)) {
      case PackumentParse.Parsed(PackumentIndex index) -> index;
      case PackumentParse.Unusable(String sentence) ->
          throw new IllegalStateException(
              "What is hosted under " + name + " cannot be read: " + sentence);
    };
  }

  /// Clients send the revision back when they change a package; what is not hosted has a stable one
  /// too, because some put `undefined` into URLs without it.
  private static String revision(Gathered gathered, List<Source> sources) {
    String own = sources.getFirst().index().revision();
    return own != null ? own : "0-" + String.format("%08x", gathered.identity().hashCode());
  }
}
