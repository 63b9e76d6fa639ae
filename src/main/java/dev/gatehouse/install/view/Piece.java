package dev.gatehouse.install.view;

import dev.gatehouse.install.document.DocumentIndexes;
import dev.gatehouse.install.document.DocumentState;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One source of a package's versions, before its document is read.
sealed interface Piece {

  /// What is published in a registry here.
  ///
  /// @param through the ids of the registries that it is seen through, the one asked first
  record Hosted(Holding holding, List<Long> through) implements Piece {}

  /// A document of an upstream.
  ///
  /// @param offered if the registry is frozen, the versions that it may show; else null
  /// @param above how a source above this one failed, so that this one may not speak; else null
  record Foreign(
      Place place,
      DocumentState.Known document,
      DocumentIndexes.Key key,
      @Nullable Set<String> offered,
      Problem.@Nullable UpstreamFailed above)
      implements Piece {}
}
