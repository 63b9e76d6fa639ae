package dev.gatehouse.web.api.pack;

import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.Loose;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.web.api.Answer;
import org.jspecify.annotations.Nullable;

/// A package in a list.
///
/// @param version what an install without a version gets; null if nothing is served
/// @param published when that was published
/// @param hosted whether it is published in the registry itself
/// @param versions how many versions are served
/// @param withheld how many are not
record PackageSummary(
    String name,
    @Nullable String version,
    String description,
    @Nullable String published,
    boolean hosted,
    int versions,
    int withheld) {

  static PackageSummary of(Found.Versions found) {
    PackumentView view = found.view();
    Selected shown = latest(view);
    return new PackageSummary(
        view.name(),
        shown == null ? null : shown.version(),
        Loose.read(view.details().detail("description")).text(),
        shown == null ? null : Answer.text(shown.published()),
        view.own().hosted(),
        view.versions().size(),
        found.all().candidates().size() - view.versions().size());
  }

  /// What is stored of it cannot be read now.
  static PackageSummary unknown(String name) {
    return new PackageSummary(name, null, "", null, false, 0, 0);
  }

  static @Nullable Selected latest(PackumentView view) {
    String latest = view.tags().get("latest");
    for (Selected version : view.versions()) {
      if (version.version().equals(latest)) {
        return version;
      }
    }
    return view.versions().isEmpty() ? null : view.versions().getLast();
  }
}
