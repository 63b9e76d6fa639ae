package dev.gatehouse.review.scan;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Gathered;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence.Spot;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.registries.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Brings the versions of one package that a workspace has before everybody who judges. Nobody
/// outside is asked: what is stored counts.
final class Examination {
  private final Ground ground;
  private final long workspaceId;
  private final String name;
  private final Instant now;

  /// Registry and version, and whether the bytes are here.
  private final Map<Spot, Boolean> spots = new HashMap<>();

  Examination(Ground ground, long workspaceId, String name, Instant now) {
    this.ground = ground;
    this.workspaceId = workspaceId;
    this.name = name;
    this.now = now;
  }

  /// Looks at all that is kept, was fetched, or policies objected to, and at what was `asked` for.
  List<Finding> run(List<KeptVersions.Kept> kept, Map<Spot, Boolean> asked) {
    List<Download> fetched = ground.downloads().of(workspaceId, name, Instant.EPOCH);
    fetched.forEach(one -> add(new Spot(one.registryId(), one.version()), false));
    ground.reporting().ofPolicies(workspaceId, name).forEach(spot -> add(spot, false));
    asked.forEach(this::add);
    kept.forEach(one -> add(new Spot(one.registryId(), one.version()), true));
    List<Seen> seen = seen();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(
        new AdvisoryFindings(name, ground.judges().advisories().of(name), now).of(seen, fetched));
    findings.addAll(PolicyFindings.of(seen));
    return findings;
  }

  /// What there is: to tell versions that are gone from advisories that are.
  Reporting.About about() {
    Set<Spot> known =
        spots.entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new Reporting.About(workspaceId, name, known, this::called);
  }

  private String called(long registryId) {
    Registry registry = ground.registries().directory().byId(registryId);
    return registry == null ? "a registry that is gone" : registry.name();
  }

  /// Of registries of other workspaces, or that are gone, nothing is said.
  private void add(Spot spot, boolean kept) {
    Registry registry = ground.registries().directory().byId(spot.registryId());
    if (registry != null && registry.workspace().id() == workspaceId) {
      spots.merge(spot, kept, Boolean::logicalOr);
    }
  }

  private List<Seen> seen() {
    Map<Long, Set<String>> versions = new TreeMap<>();
    spots.forEach((spot, _) ->
        versions.computeIfAbsent(spot.registryId(), _ -> new HashSet<>()).add(spot.version()));
    List<Seen> seen = new ArrayList<>();
    versions.forEach((id, wanted) -> {
      Registry registry = ground.registries().directory().byId(id);
      if (registry != null) {
        seen.addAll(seen(registry, wanted));
      }
    });
    return seen;
  }

  private List<Seen> seen(Registry registry, Set<String> wanted) {
    Gathered gathered = ground.judges().views().gather(registry, name, Ask.STORED);
    Map<String, Ruling> rulings =
        ground.judges().views().open(gathered, found -> rulings(found, wanted));
    Decisions.OfPackage decided = ground.judges().policies().rules(registry).decisions().of(name);
    return wanted.stream()
        .sorted()
        .map(version ->
            new Seen(
                registry,
                version,
                spots.getOrDefault(new Spot(registry.id(), version), false),
                gathered.isInternal(),
                rulings.get(version),
                decided))
        .toList();
  }

  private static Map<String, Ruling> rulings(Found found, Set<String> wanted) {
    Map<String, Ruling> rulings = new HashMap<>();
    if (found instanceof Found.Versions versions) {
      for (Selected one : versions.all().candidates()) {
        if (wanted.contains(one.version())) {
          rulings.put(one.version(), versions.ruling(one));
        }
      }
    }
    return rulings;
  }
}
