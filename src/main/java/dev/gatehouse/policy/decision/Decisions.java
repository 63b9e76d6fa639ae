package dev.gatehouse.policy.decision;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All decisions of one registry that are in force, by package.
public final class Decisions {
  /// Nobody has decided anything.
  public static final Decisions NONE = new Decisions(Map.of());

  private final Map<String, OfPackage> byName;

  /// The decisions about each package, by its name.
  public Decisions(Map<String, OfPackage> byName) {
    this.byName = Map.copyOf(byName);
  }

  /// The decisions about one package: waivers, and the versions that somebody decided about.
  public record OfPackage(List<Waiver> waivers, Map<String, VersionDecision> versions) {
    static final OfPackage NONE = new OfPackage(List.of(), Map.of());

    /// Keeps its own copies.
    public OfPackage {
      waivers = List.copyOf(waivers);
      versions = Map.copyOf(versions);
    }

    /// The decision about that version, or null.
    public @Nullable VersionDecision version(String version) {
      return versions.get(version);
    }

    String identity() {
      Stream<String> opened = waivers.stream().map(Waiver::identity).sorted();
      Stream<String> decided =
          new TreeMap<>(versions)
              .entrySet().stream()
                  .map(one ->
                      "%s %s %s %s"
                          .formatted(
                              one.getKey(),
                              one.getValue().state(),
                              one.getValue().reason(),
                              one.getValue().released().stream().sorted().toList()));
      return Stream.concat(opened, decided).collect(Collectors.joining("\n"));
    }
  }

  /// The decisions about that package.
  public OfPackage of(String name) {
    return byName.getOrDefault(name, OfPackage.NONE);
  }

  /// A text that differs whenever decisions about that package do; empty if there are none.
  public String identity(String name) {
    return of(name).identity();
  }
}
