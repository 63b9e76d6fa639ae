package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a registry has under a name.
public sealed interface Found {

  /// It has versions, or had some.
  ///
  /// @param places where each document that is not hosted here came from
  /// @param doubt why what is not in the view may exist nevertheless, or null
  record Versions(
      PackumentView view, Map<PackumentIndex, Place> places, Problem.@Nullable UpstreamFailed doubt)
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
    public @Nullable Place place(Selected version) {
      return places.get(version.source());
    }

    /// The upstream that `version` came from, or null if it is hosted here.
    public @Nullable Origin origin(Selected version) {
      Place place = place(version);
      return place == null ? null : place.origin();
    }
  }

  /// Everyone who may be asked said that there is no such name.
  record Nothing() implements Found {}

  /// Someone who had to be asked failed.
  record Unknown(Problem.UpstreamFailed problem) implements Found {}
}
