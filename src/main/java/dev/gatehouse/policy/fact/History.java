package dev.gatehouse.policy.fact;

import java.time.Instant;
import java.util.Set;

/// How a version came to be.
///
/// @param published when: the upstream's time, or else when it was first seen here; missing where
///   an upstream gives no time
/// @param publication by whom, and how
/// @param earlier how the earlier versions of the package were published; missing if there are none
/// @param signature what came of checking the registry's signature
/// @param provenance what came of checking the statement of how it was built
public record History(
    Fact<Instant> published,
    Fact<Publication> publication,
    Fact<Earlier> earlier,
    Fact<Signature> signature,
    Fact<Attestation> provenance) {

  /// Nothing known, everything looked for.
  public static final History NONE =
      new History(Fact.missing(), Fact.missing(), Fact.missing(), Fact.missing(), Fact.missing());

  /// Who published a version, and how; a publisher without a name is empty.
  public record Publication(String publisher, Trust trust) {}

  /// Of all earlier versions: the best way in which one was published, and all who published one.
  public record Earlier(Trust best, Set<String> publishers) {
    /// Keeps its own copy.
    public Earlier {
      publishers = Set.copyOf(publishers);
    }
  }

  /// How much the way of publishing proves; later is more.
  public enum Trust {
    /// By a token or password.
    NONE,
    /// With a provenance attestation.
    PROVENANCE,
    /// By a trusted publisher: an identity of a build service, no stored token.
    TRUSTED_PUBLISHER,
    /// Staged, and approved by a person.
    STAGED
  }

  /// What is known of a registry's signature over name, version and integrity.
  public enum Signature {
    /// It verifies with a key of the registry; what is published here is signed here.
    VERIFIED,
    /// It does not.
    WRONG,
    /// There is none, although the registry signs.
    ABSENT,
    /// There are no keys to check it with.
    UNCHECKED,
    /// There is none, and the registry has no keys. Ours says what was received, not who made it.
    RECEIVED
  }

  /// What is known of the statement that says how a version was built.
  public enum Attestation {
    /// Its registry does not say that there is one.
    NONE,
    /// It was signed by somebody whom an authority that is trusted here knows, it is in a log that
    /// is trusted here, and it speaks of these bytes.
    VERIFIED,
    /// It is there and does not verify.
    WRONG,
    /// Its registry says that there is one, and it could not be checked here.
    RECEIVED
  }

  /// The same, published then.
  public History withPublished(Fact<Instant> now) {
    return new History(now, publication, earlier, signature, provenance);
  }

  /// The same, published thus.
  public History withPublication(Fact<Publication> now) {
    return new History(published, now, earlier, signature, provenance);
  }

  /// The same, after other versions.
  public History withEarlier(Fact<Earlier> now) {
    return new History(published, publication, now, signature, provenance);
  }

  /// The same, signed or not.
  public History withSignature(Fact<Signature> now) {
    return new History(published, publication, earlier, now, provenance);
  }

  /// The same, with provenance or without.
  public History withProvenance(Fact<Attestation> now) {
    return new History(published, publication, earlier, signature, now);
  }
}
