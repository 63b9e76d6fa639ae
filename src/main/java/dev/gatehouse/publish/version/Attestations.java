package dev.gatehouse.publish.version;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Content;
import dev.gatehouse.install.attestation.UpstreamAttestations;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Place;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The provenance of the versions that a registry serves, wherever they come from.
public final class Attestations {
  private final Registries registries;
  private final Packages packages;
  private final Views views;
  private final UpstreamAttestations upstreams;

  /// Those that `packages` hold or `upstreams` have, of versions that `views` show.
  public Attestations(
      Registries registries, Packages packages, Views views, UpstreamAttestations upstreams) {
    this.registries = registries;
    this.packages = packages;
    this.views = views;
    this.upstreams = upstreams;
  }

  /// The answer of the attestations endpoint for a version that `registry` serves; null if it
  /// serves none such, or none with provenance. An upstream's failure is never that.
  public @Nullable Body find(Registry registry, String name, String version, Ask ask) {
    Found first = views.find(registry, name, ask);
    boolean isNew = first instanceof Found.Versions had && had.version(version) == null;
    return switch (isNew ? views.find(registry, name, ask.asNewest()) : first) {
      case Found.Nothing _ -> null;
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
      case Found.Versions found -> {
        Selected served = found.version(version);
        if (served == null && found.doubt() != null) {
          throw new ProblemException(found.doubt());
        }
        yield served == null ? null : of(registry, served, found.place(served), ask);
      }
    };
  }

  private @Nullable Body of(Registry registry, Selected served, @Nullable Place place, Ask ask) {
    if (place == null) {
      String answer = hosted(registry, served);
      return answer == null
          ? null
          : new Body.Bytes(Content.of(answer.getBytes(StandardCharsets.UTF_8)));
    }
    Path file = upstreams.find(place.origin(), served, isFrozen(place) ? Ask.STORED : ask);
    return file == null ? null : new Body.File(file, 0, file.toFile().length());
  }

  /// Whether a registry on the way is frozen, so that nobody may be asked for its sake.
  private boolean isFrozen(Place place) {
    Directory directory = registries.directory();
    return place.through().stream()
        .map(directory::byId)
        .filter(Objects::nonNull)
        .anyMatch(registry -> registry.settings().archived());
  }

  private @Nullable String hosted(Registry registry, Selected served) {
    String name = served.source().name();
    String integrity = served.source().text(served.row(), Part.INTEGRITY);
    Directory directory = registries.directory();
    for (Registry holder : directory.all()) {
      if (integrity != null && directory.reaches(registry.id(), holder.id())) {
        String answer = packages.attestations(holder.id(), name, served.version(), integrity);
        if (answer != null) {
          return answer;
        }
      }
    }
    return null;
  }
}
