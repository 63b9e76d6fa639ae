package dev.gatehouse.publish.version;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import org.jspecify.annotations.Nullable;

/// The provenance of versions that are published on this server.
public final class Attestations {
  private final Registries registries;
  private final Packages packages;
  private final Views views;

  /// Those that `packages` hold, of versions that `views` show.
  public Attestations(Registries registries, Packages packages, Views views) {
    this.registries = registries;
    this.packages = packages;
    this.views = views;
  }

  /// The answer of the attestations endpoint for a version that `registry` serves, be it from
  /// another registry here; null if it serves none such, or none with provenance.
  public @Nullable String find(Registry registry, String name, String version) {
    if (!(views.find(registry, name, Ask.USUAL) instanceof Found.Versions found)) {
      return null;
    }
    Selected served = found.version(version);
    if (served == null || found.origin(served) != null) {
      return null;
    }
    String integrity = served.source().text(served.row(), Part.INTEGRITY);
    Directory directory = registries.directory();
    for (Registry holder : directory.all()) {
      if (integrity != null && directory.reaches(registry.id(), holder.id())) {
        String answer = packages.attestations(holder.id(), name, version, integrity);
        if (answer != null) {
          return answer;
        }
      }
    }
    return null;
  }
}
