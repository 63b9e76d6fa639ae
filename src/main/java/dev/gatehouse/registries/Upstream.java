package dev.gatehouse.registries;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One ordered source of a registry.
///
/// @param name what people call it, unique in its registry
/// @param internal what it holds is owned here, so it is never asked of a public upstream
/// @param pushes whether versions may be published to it from here
/// @param forward which new versions are published to it by themselves
public record Upstream(
    long id, String name, Source source, boolean internal, boolean pushes, Forward forward) {

  /// Where the versions come from.
  public sealed interface Source {}

  /// The public registry that this server was set up with. `url` is null when none was found.
  public record Public(@Nullable URI url) implements Source {}

  /// Another registry on this server, resolved in process.
  public record Here(long registryId) implements Source {}

  /// A registry elsewhere, with a sealed credential or none.
  public record External(URI url, @Nullable String sealedCredential) implements Source {}

  /// Which new versions a registry forwards.
  public enum Forward {
    NONE,
    /// Only versions without a pre-release part.
    RELEASED,
    ALL
  }
}
