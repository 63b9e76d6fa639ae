package dev.gatehouse.install.view;

import dev.gatehouse.install.document.KnownDocument;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a registry has under a name.
public sealed interface Found {

  /// It has versions, or had some.
  ///
  /// @param identity differs whenever the view does, and is the same after a restart
  /// @param origins where each document that is not hosted here came from
  /// @param inputs the documents of upstreams that were looked at, those without the name too
  /// @param partial whether a lower upstream failed and was left out
  record Versions(
      PackumentView view,
      String identity,
      Map<PackumentIndex, Origin> origins,
      List<KnownDocument> inputs,
      boolean partial)
      implements Found {

    /// The version called `version`, or null.
    public @Nullable Selected version(String version) {
      for (Selected one : view.versions()) {
        if (one.version().equals(version)) {
          return one;
        }
      }
      return null;
    }

    /// Where `version` came from, or null if it is hosted here.
    public @Nullable Origin origin(Selected version) {
      return origins.get(version.source());
    }
  }

  /// Everyone who may be asked said that there is no such name.
  record Nothing(List<KnownDocument> inputs) implements Found {}

  /// Someone who had to be asked failed.
  record Unknown(Problem.UpstreamFailed problem) implements Found {}
}
