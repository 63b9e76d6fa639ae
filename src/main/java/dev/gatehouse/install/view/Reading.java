package dev.gatehouse.install.view;

import dev.gatehouse.install.document.DocumentIndexes.Lease;
import dev.gatehouse.install.document.FirstSeen;
import dev.gatehouse.install.fact.Case;
import dev.gatehouse.install.fact.Provenance;
import dev.gatehouse.install.judge.Judging;
import dev.gatehouse.install.signature.Receipts;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import dev.gatehouse.npm.packument.merge.PackumentMerge;
import dev.gatehouse.npm.packument.merge.Source;
import dev.gatehouse.packages.HostedDocument;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes one view of the documents that were gathered.
final class Reading {
  private final FirstSeen firstSeen;
  private final Judging judging;
  private final Receipts receipts;

  Reading(FirstSeen firstSeen, Judging judging, Receipts receipts) {
    this.firstSeen = firstSeen;
    this.judging = judging;
    this.receipts = receipts;
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
    var sources = new Sources();
    boolean any = false;
    for (Piece piece : gathered.pieces()) {
      Source source = source(piece, lease);
      boolean speaks = !source.index().versions().isEmpty();
      any |= speaks;
      if (speaks && piece instanceof Piece.Foreign foreign && foreign.above() != null) {
        return new Found.Unknown(foreign.above());
      }
      sources.add(piece, source);
    }
    Problem.UpstreamFailed failure = gathered.failure();
    if (failure != null && !any) {
      return new Found.Unknown(failure);
    }
    return sources.all.isEmpty() ? new Found.Nothing() : versions(gathered, sources);
  }

  /// The documents, and by which piece each was reached first.
  private static final class Sources {
    private final List<Source> all = new ArrayList<>();
    private final Map<PackumentIndex, Piece> pieces = new HashMap<>();

    void add(Piece piece, Source source) {
      all.add(source);
      pieces.putIfAbsent(source.index(), piece);
    }

    Piece piece(PackumentIndex index) {
      return Objects.requireNonNull(pieces.get(index), "read");
    }

    Map<PackumentIndex, Place> places() {
      Map<PackumentIndex, Place> places = new HashMap<>();
      pieces.forEach((index, piece) -> {
        if (piece instanceof Piece.Foreign foreign) {
          places.put(index, foreign.place());
        }
      });
      return places;
    }

    Map<PackumentIndex, String> called() {
      Map<PackumentIndex, String> called = new HashMap<>();
      pieces.forEach((index, piece) ->
          called.put(
              index,
              switch (piece) {
                case Piece.Hosted _ -> "what is published here";
                case Piece.Foreign foreign -> foreign.place().origin().key();
              }));
      return called;
    }

    /// A frozen registry offers what it has.
    boolean isOffered(Selected version) {
      return !(piece(version.source()) instanceof Piece.Foreign foreign)
          || foreign.offered() == null
          || foreign.offered().contains(version.version());
    }
  }

  private Found versions(Gathered gathered, Sources sources) {
    MergedPackument all = PackumentMerge.merge(Map.of(), sources.all).keeping(sources::isOffered);
    var subject =
        new Case(
            gathered.name(),
            gathered.isInternal(),
            all,
            index -> provenance(index, sources.piece(index)),
            sources.called());
    return new Found.Versions(
        all,
        sources.places(),
        judging.on(subject),
        new Found.Face(revision(gathered, sources.all), gathered.own(), receipts),
        gathered.doubt());
  }

  private Provenance provenance(PackumentIndex index, Piece piece) {
    return switch (piece) {
      case Piece.Hosted(_, var through) ->
          new Provenance(Subject.Place.HOSTED, through, null, null, Map::of);
      case Piece.Foreign foreign ->
          new Provenance(
              foreign.offered() == null ? Subject.Place.UPSTREAM : Subject.Place.CACHED,
              foreign.place().through(),
              foreign.place().origin(),
              foreign.place().keys(),
              () -> firstSeen.later(foreign.place().origin(), index.name()));
    };
  }

  private Source source(Piece piece, Lease lease) {
    return switch (piece) {
      case Piece.Hosted(Holding holding, _) ->
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
