package dev.gatehouse.publish.push;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is pushed where.
///
/// @param from the registry that hosts the version
/// @param to one of its upstreams
/// @param tags what names the version there afterwards
/// @param as the number that it gets there, null for its own
public record Push(
    Actor actor,
    Registry from,
    PackageName name,
    String version,
    Upstream to,
    List<String> tags,
    @Nullable Version as) {

  /// The version that the upstream gets.
  String target() {
    return as == null ? version : as.toString();
  }

  /// How the trail, and a version that was made of it, name what is pushed.
  String origin() {
    return "%s:%s@%s".formatted(from.name(), name, version);
  }

  /// What became of a push.
  ///
  /// @param changed false if the upstream had the same bytes already
  public record Pushed(String version, String integrity, boolean changed) {}
}
