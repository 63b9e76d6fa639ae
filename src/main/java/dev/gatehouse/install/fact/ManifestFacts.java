package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.InstallScripts;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency.Origin;
import dev.gatehouse.policy.licence.LicenceClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the objects of the versions of one package say in its packument.
final class ManifestFacts {
  /// Development dependencies are installed by nobody who installs the package.
  private static final List<Part> DEPENDENCIES =
      List.of(Part.DEPENDENCIES, Part.OPTIONAL_DEPENDENCIES, Part.PEER_DEPENDENCIES);

  /// `host:user/repository`, `user/repository`, `git://`, `git+ssh://`, `git@host:path`, `x.git`.
  private static final Pattern GIT =
      Pattern.compile(
          "^git[+:@].*|^(github|gitlab|bitbucket|gist):.*|^[^/:.~@]+/[^/]+$|.*\\.git(#.*)?$");

  private static final List<String> ARCHIVES = List.of(".tgz", ".tar.gz", ".tar");

  private static final Pattern URL = Pattern.compile("^https?:.*", Pattern.CASE_INSENSITIVE);

  private final Remembered<Fact<LicenceClaim>> license =
      new Remembered<>(Part.LICENSE, ManifestFacts::claim);
  private final Remembered<Fact<LicenceClaim>> licenses =
      new Remembered<>(Part.LICENSES, ManifestFacts::claim);
  private final List<Remembered<List<ExoticDependency>>> dependencies =
      DEPENDENCIES.stream().map(part -> new Remembered<>(part, ManifestFacts::among)).toList();

  /// Those of `needed` kinds; the others stay pending.
  Manifest of(Selected version, Set<FactKind> needed) {
    return new Manifest(
        needed.contains(FactKind.LICENCE) ? licence(version) : Fact.pending(),
        needed.contains(FactKind.SCRIPTS) ? Fact.known(scripts(version)) : Fact.pending(),
        needed.contains(FactKind.EXOTIC) ? Fact.known(exotic(version)) : Fact.pending(),
        Fact.known(version.row().deprecated()));
  }

  private Fact<LicenceClaim> licence(Selected version) {
    Fact<LicenceClaim> claim = license.of(version);
    return claim instanceof Fact.Missing<LicenceClaim> ? licenses.of(version) : claim;
  }

  private static Fact<LicenceClaim> claim(JsonNode value) {
    return isNothing(value) ? Fact.missing() : Fact.known(LicenceClaim.of(value));
  }

  private static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())
        || (value.isContainerNode() && value.isEmpty());
  }

  /// A document that only says that there is a script, as abbreviated ones do, means `install`:
  /// that is what npm runs for node-gyp, too.
  private static Set<String> scripts(Selected version) {
    if (!version.row().hasInstallScript()) {
      return Set.of();
    }
    JsonNode scripts = Slices.read(version, Part.SCRIPTS);
    Set<String> run = new TreeSet<>();
    for (String name : InstallScripts.NAMES) {
      JsonNode script = scripts.path(name);
      if (script.isTextual() && !script.textValue().isEmpty()) {
        run.add(name);
      }
    }
    return run.isEmpty() ? Set.of("install") : run;
  }

  private List<ExoticDependency> exotic(Selected version) {
    List<ExoticDependency> exotic = List.of();
    for (Remembered<List<ExoticDependency>> one : dependencies) {
      List<ExoticDependency> more = one.of(version);
      if (!more.isEmpty()) {
        exotic = Stream.concat(exotic.stream(), more.stream()).toList();
      }
    }
    return exotic;
  }

  private static List<ExoticDependency> among(JsonNode dependencies) {
    List<ExoticDependency> exotic = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : dependencies.properties()) {
      if (one.getValue().isTextual()) {
        String spec = one.getValue().textValue().strip();
        if (isExotic(one.getKey(), spec)) {
          exotic.add(new ExoticDependency(one.getKey(), spec, origin(spec)));
        }
      }
    }
    return exotic;
  }

  /// A text that no client can read is none that leads anywhere else.
  private static boolean isExotic(String name, String spec) {
    return looksElsewhere(spec)
        && DependencySpec.of(name, spec) instanceof DependencySpec.Elsewhere;
  }

  /// How a text looks that leads away from registries, as opposed to one that is only unreadable.
  private static boolean looksElsewhere(String spec) {
    return spec.indexOf('/') >= 0
        || spec.indexOf(':') >= 0
        || spec.indexOf('\\') >= 0
        || spec.equals(".")
        || spec.equals("..")
        || ARCHIVES.stream().anyMatch(spec::endsWith);
  }

  private static Origin origin(String spec) {
    if (GIT.matcher(spec).matches()) {
      return Origin.GIT;
    }
    return URL.matcher(spec).matches() ? Origin.URL : Origin.FILE;
  }
}
