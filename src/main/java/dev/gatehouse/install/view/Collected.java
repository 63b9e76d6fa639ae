package dev.gatehouse.install.view;

import dev.gatehouse.install.document.KnownDocument;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.merge.Source;
import dev.gatehouse.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sources of one package as they are gathered, in order, through all *here* hops.
final class Collected {
  final List<Source> sources = new ArrayList<>();
  final Map<PackumentIndex, Origin> origins = new HashMap<>();
  final List<KnownDocument> inputs = new ArrayList<>();
  private final StringBuilder identity = new StringBuilder();
  private Problem.@Nullable UpstreamFailed failure;
  private boolean answeredBelowFailure;
  private boolean hasVersions;

  /// Adds the next source. `mark` changes whenever it does.
  void add(Source source, String mark) {
    sources.add(source);
    identity.append(mark).append('\n');
    boolean some = !source.index().versions().isEmpty();
    hasVersions |= some;
    answeredBelowFailure |= failure != null && some;
  }

  /// Something else that the view depends on.
  void note(String mark) {
    identity.append(mark).append('\n');
  }

  /// The next source failed and nothing of it is stored.
  void fail(Problem.UpstreamFailed problem) {
    if (failure == null) {
      failure = problem;
    }
  }

  /// The failure that must be answered, or null: a lower source never speaks for a higher one that
  /// is silent, and nobody's silence means "not found".
  Problem.@Nullable UpstreamFailed decisiveFailure() {
    return answeredBelowFailure || !hasVersions ? failure : null;
  }

  boolean isPartial() {
    return failure != null;
  }

  String identity() {
    return identity.toString();
  }
}
