package dev.gatehouse.review.scan;

import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.registries.Registry;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A version in a registry, before those who judge.
///
/// @param kept whether its bytes are here; else somebody had or wanted them
/// @param internal whether the name is owned here, so that strangers' advisories are about another
/// @param ruling what the policies say; null if the version is not listed
/// @param decided what people decided about the package
record Seen(
    Registry registry,
    String version,
    boolean kept,
    boolean internal,
    @Nullable Ruling ruling,
    Decisions.OfPackage decided) {

  Occurrence.Spot spot() {
    return new Occurrence.Spot(registry.id(), version);
  }

  Occurrence occurrence(boolean waived) {
    return new Occurrence(registry.id(), version, waived, verdict());
  }

  @Nullable Version number() {
    return Version.parseLoose(version);
  }

  /// Whether somebody lets it pass whatever `policy` says for that cause.
  boolean isWaived(Lifting lifting, Instant now) {
    VersionDecision decision = decided.version(version);
    return decided.waivers().stream().anyMatch(one -> one.opens(version, lifting.policy(), now))
        || (decision != null
            && decision.state() == VersionDecision.State.RELEASED
            && lifting.causes().stream().anyMatch(decision.released()::contains));
  }

  /// What a waiver or a release names.
  record Lifting(PolicyName policy, Collection<String> causes) {}

  private String verdict() {
    if (ruling == null) {
      return kept ? "unknown" : "gone";
    }
    return switch (ruling.verdict()) {
      case Verdict.Allow _ -> "served";
      case Verdict.Hold _ -> "held";
      case Verdict.Quarantine _ -> "quarantined";
      case Verdict.Block _ -> "blocked";
    };
  }
}
