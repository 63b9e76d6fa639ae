package dev.gatehouse.install.fact;

import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out about the versions of one package what policies ask for, and nothing else.
public final class FactFinder {
  private final Case subject;
  private final Evidence evidence;
  private final Instant now;
  private final ManifestFacts manifests = new ManifestFacts();
  private final PublishingFacts publishing;
  private final Map<PackumentIndex, Map<String, Instant>> firstSeen = new HashMap<>();
  private final OtherBytes otherBytes;
  private @Nullable AdvisoryFacts advisories;

  /// Finds out about the versions of `subject`, as it stands at `now`.
  public FactFinder(Case subject, Evidence evidence, Instant now) {
    this.subject = subject;
    this.evidence = evidence;
    this.now = now;
    this.otherBytes = new OtherBytes(subject);
    this.publishing = new PublishingFacts(subject.all().candidates());
  }

  /// The facts of `needed` kinds about one version; the others stay pending.
  public Facts about(Selected version, Set<FactKind> needed) {
    Provenance from = subject.from().apply(version.source());
    return Facts.of(
            new Subject(subject.name(), version.version(), from.place(), subject.internal()))
        .with(history(version, from, needed))
        .with(manifests.of(version, needed))
        .with(contents(version, needed))
        .with(advisories().of(version.version(), needed));
  }

  private AdvisoryFacts advisories() {
    if (advisories == null) {
      var known = evidence.advisories();
      advisories = new AdvisoryFacts(subject, known.everImported(), known.of(subject.name()));
    }
    return advisories;
  }

  private Contents contents(Selected version, Set<FactKind> needed) {
    Integrity integrity = isInTarball(needed) ? version.integrity() : null;
    Inspection seen =
        integrity == null
            ? null
            : evidence
                .inspections()
                .find(
                    subject.name(),
                    new Inspections.Tarball(version.version(), integrity.toString()));
    Contents contents = seen == null ? Contents.PENDING : ContentFacts.of(version, seen);
    return needed.contains(FactKind.OTHER_BYTES)
        ? contents.withOtherBytes(Fact.known(otherBytes.of(version)))
        : contents;
  }

  private static boolean isInTarball(Set<FactKind> needed) {
    for (FactKind kind : needed) {
      if (kind.inTarball()) {
        return true;
      }
    }
    return false;
  }

  private History history(Selected version, Provenance from, Set<FactKind> needed) {
    return new History(
        needed.contains(FactKind.PUBLISHED) ? published(version, from) : Fact.pending(),
        needed.contains(FactKind.PUBLICATION) ? publishing.publication(version) : Fact.pending(),
        needed.contains(FactKind.EARLIER) ? publishing.earlier(version) : Fact.pending(),
        needed.contains(FactKind.SIGNATURE) ? signature(version, from) : Fact.pending(),
        needed.contains(FactKind.PROVENANCE) ? provenance(version, from) : Fact.pending());
  }

  /// That `version` has provenance, if its document says so and it can be checked; else null.
  public @Nullable Claim claim(Selected version) {
    return claim(version, subject.from().apply(version.source()));
  }

  private static @Nullable Claim claim(Selected version, Provenance from) {
    if (!isClaimed(version)) {
      return null;
    }
    return from.origin() == null
        ? Claim.hosted(from.through().getLast(), version)
        : Claim.of(from.origin(), version, from.place() == Subject.Place.CACHED);
  }

  private static boolean isClaimed(Selected version) {
    return Slices.read(version, Part.ATTESTATIONS).path("provenance").isObject();
  }

  private Fact<History.Attestation> provenance(Selected version, Provenance from) {
    Claim claim = claim(version, from);
    return claim != null
        ? evidence.attestations().of(claim)
        : Fact.known(isClaimed(version) ? History.Attestation.RECEIVED : History.Attestation.NONE);
  }

  private Fact<History.Signature> signature(Selected version, Provenance from) {
    return from.keys() == null
        ? Fact.known(History.Signature.VERIFIED)
        : evidence.signatures().of(version, from.keys());
  }

  /// The upstream's time counts, unless it cannot be true: then that of the first sight does, if
  /// there was one.
  private Fact<Instant> published(Selected version, Provenance from) {
    Instant seen =
        firstSeen
            .computeIfAbsent(version.source(), _ -> from.firstSeen().get())
            .get(version.version());
    Instant told = version.row().published();
    Instant believed = told == null || told.isAfter(now) ? null : told;
    return Fact.ofNullable(seen == null ? believed : seen);
  }
}
