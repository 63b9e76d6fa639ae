package dev.gatehouse.policy.catalogue;

import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Fix;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.Advisories.Kind;
import dev.gatehouse.policy.fact.Advisories.Label;
import dev.gatehouse.policy.fact.Advisories.Rating;
import dev.gatehouse.policy.fact.Advisories.Severity;
import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Contents.Difference;
import dev.gatehouse.policy.fact.Contents.Scan;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Signature;
import dev.gatehouse.policy.fact.History.Trust;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.policy.licence.LicenceClaim;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/// Facts of any kind, each of them known, missing or pending.
final class RandomFacts {
  /// The time around which they are.
  static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");

  private final Random random;

  private RandomFacts(Random random) {
    this.random = random;
  }

  static Facts of(Random random) {
    var facts = new RandomFacts(random);
    return new Facts(
        facts.subject(), facts.history(), facts.manifest(), facts.contents(), facts.advisories());
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <E extends Enum<E>> E one(Class<E> of) {
    return one(List.of(of.getEnumConstants()));
  }

  private <T> Fact<T> fact(Supplier<T> value) {
    return switch (random.nextInt(5)) {
      case 0 -> Fact.missing();
      case 1 -> Fact.pending();
      default -> Fact.known(value.get());
    };
  }

  private Subject subject() {
    return new Subject(
        one(List.of("left-pad", "evil-one", "@scope/name")),
        one(List.of("1.3.0", "2.0.0-rc.1", "1.0.0+build")),
        one(Subject.Place.class),
        random.nextInt(4) == 0);
  }

  private Instant published() {
    return random.nextInt(20) == 0
        ? one(List.of(Instant.MIN, Instant.MAX, Instant.EPOCH))
        : NOW.minusSeconds(random.nextLong(-86_400, 10 * 86_400));
  }

  private History history() {
    return new History(
        fact(this::published),
        fact(() -> new Publication(one(List.of("ada", "eve")), one(Trust.class))),
        fact(() -> new Earlier(one(Trust.class), Set.of("ada"))),
        fact(() -> one(Signature.class)),
        fact(() -> one(History.Attestation.class)));
  }

  private Manifest manifest() {
    List<String> licences =
        List.of("MIT", "AGPL-3.0-only", "apache 2", "nonsense", "UNLICENSED", "MIT OR GPL-3.0+");
    var git = new ExoticDependency("x", "a/b", one(ExoticDependency.Origin.class));
    return new Manifest(
        fact(() -> LicenceClaim.of(one(licences))),
        fact(() -> one(List.of(Set.of(), Set.of("install")))),
        fact(() -> one(List.of(List.of(), List.of(git)))),
        fact(random::nextBoolean));
  }

  private Contents contents() {
    var difference = new Difference("scripts", "a", "b");
    return new Contents(
        fact(() -> one(List.of(List.of(), List.of("AGPL-3.0-only")))),
        fact(random::nextBoolean),
        fact(() -> one(List.of(List.of(), List.of(difference)))),
        fact(() -> one(List.of(List.of(), List.of("mirror")))),
        new Scan(fact(random::nextBoolean), Fact.missing()));
  }

  private Advisories advisories() {
    return new Advisories(
        random.nextInt(4) > 0,
        fact(() -> random.ints(random.nextInt(3)).mapToObj(_ -> hit()).toList()),
        fact(() -> random.nextBoolean() ? List.of() : List.of(fix())));
  }

  private Hit hit() {
    var rating = new Rating(one(Severity.class), random.nextBoolean() ? null : 9.8);
    var label = new Label("GHSA-" + random.nextInt(3), Set.of(), "osv", "It hurts");
    return new Hit(label, one(Kind.class), rating, one(List.of(List.of(), List.of("1.4.0"))));
  }

  private Fix fix() {
    return new Fix("GHSA-9", one(Severity.class), "1.2.0");
  }
}
