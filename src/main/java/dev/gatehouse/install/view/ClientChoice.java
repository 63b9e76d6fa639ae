package dev.gatehouse.install.view;

import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which versions clients take for a range. They do not agree: all want the highest, but npm
/// prefers what `latest` names, and most avoid deprecated ones. Usually it is one version; where it
/// is not, each of them is wanted.
public final class ClientChoice {
  private ClientChoice() {}

  /// Those that some client takes for `spec` of what is served; the highest first.
  public static List<Selected> of(Found.Versions found, DependencySpec.FromRegistry spec) {
    VersionRange range = spec.range();
    Map<String, String> tags = found.view().tags();
    return numbers(found, range, tags.get(range == null ? spec.selector() : TagName.LATEST.value()))
        .stream()
        .map(found::version)
        .filter(Objects::nonNull)
        .toList();
  }

  private static Set<String> numbers(
      Found.Versions found, @Nullable VersionRange range, @Nullable String tagged) {
    if (range == null) {
      return tagged == null ? Set.of() : Set.of(tagged);
    }
    Map<Version, Selected> versions = new HashMap<>();
    for (Selected one : found.view().versions()) {
      Version number = Version.parse(one.version());
      if (number != null) {
        versions.put(number, one);
      }
    }
    List<Version> kept =
        versions.keySet().stream().filter(one -> !isDeprecated(versions, one)).toList();
    Version latest = tagged == null ? null : Version.parse(tagged);
    Set<String> chosen = new LinkedHashSet<>();
    Stream.of(
            range.highest(versions.keySet()),
            range.highest(kept),
            latest != null && range.includes(latest) ? latest : null)
        .filter(Objects::nonNull)
        .forEach(one -> chosen.add(one.toString()));
    return chosen;
  }

  private static boolean isDeprecated(Map<Version, Selected> versions, Version version) {
    Selected selected = versions.get(version);
    return selected != null && selected.row().deprecated();
  }
}
