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

/// What a version's own object in the packument says.
final class ManifestFacts {
  /// Development dependencies are installed by nobody who installs the package.
  private static final List<Part> DEPENDENCIES =
      List.of(Part.DEPENDENCIES, Part.OPTIONAL_DEPENDENCIES, Part.PEER_DEPENDENCIES);

  /// `host:user/repository`, `user/repository`, `git://`, `git+ssh://`, `git@host:path`, `x.git`.
  private static final Pattern GIT =
      Pattern.compile(
          "^git[+:@].*|^(github|gitlab|bitbucket|gist):.*|^[^/:.~@]+/[^/]+$|.*\\.git(#.*)?$");

  /// How a text looks that leads away from registries, as opposed to one that is only unreadable.
  private static final Pattern ELSEWHERE =
      Pattern.compile(".*[/:\\\\].*|\\.\\.?|.*\\.(tgz|tar\\.gz|tar)", Pattern.DOTALL);

  private static final Pattern URL = Pattern.compile("^https?:.*", Pattern.CASE_INSENSITIVE);

  private ManifestFacts() {}

  /// Those of `needed` kinds; the others stay pending.
  static Manifest of(Selected version, Set<FactKind> needed) {
    return new Manifest(
        needed.contains(FactKind.LICENCE) ? licence(version) : Fact.pending(),
        needed.contains(FactKind.SCRIPTS) ? Fact.known(scripts(version)) : Fact.pending(),
        needed.contains(FactKind.EXOTIC) ? Fact.known(exotic(version)) : Fact.pending(),
        Fact.known(version.row().deprecated()));
  }

  private static Fact<LicenceClaim> licence(Selected version) {
    JsonNode license = Slices.read(version, Part.LICENSE);
    JsonNode claim = isNothing(license) ? Slices.read(version, Part.LICENSES) : license;
    return isNothing(claim) ? Fact.missing() : Fact.known(LicenceClaim.of(claim));
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

  private static List<ExoticDependency> exotic(Selected version) {
    List<ExoticDependency> exotic = new ArrayList<>();
    for (Part part : DEPENDENCIES) {
      for (Map.Entry<String, JsonNode> one : Slices.read(version, part).properties()) {
        if (one.getValue().isTextual()) {
          String spec = one.getValue().textValue().strip();
          if (isExotic(one.getKey(), spec)) {
            exotic.add(new ExoticDependency(one.getKey(), spec, origin(spec)));
          }
        }
      }
    }
    return exotic;
  }

  /// A text that no client can read is none that leads anywhere else.
  private static boolean isExotic(String name, String spec) {
    return DependencySpec.of(name, spec) instanceof DependencySpec.Elsewhere
        && ELSEWHERE.matcher(spec).matches();
  }

  private static Origin origin(String spec) {
    if (GIT.matcher(spec).matches()) {
      return Origin.GIT;
    }
    return URL.matcher(spec).matches() ? Origin.URL : Origin.FILE;
  }
}
