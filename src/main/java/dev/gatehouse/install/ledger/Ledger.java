package dev.gatehouse.install.ledger;

import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.packument.Dropped;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of every version of one package that the sources of a registry list: each is served
/// or withheld, and none is both.
///
/// @param served what clients see
public record Ledger(String name, List<String> served, List<Withheld> withheld) {
  /// The word for what nobody can be served, whatever the policies say.
  public static final String UNUSABLE = "unusable";

  /// A version that exists and is not served.
  ///
  /// @param verdict `hold`, `quarantine` or `block`; `unusable` if it is no version at all
  /// @param until when a hold ends, ISO 8601; else null
  public record Withheld(
      String name, String version, String verdict, @Nullable String until, List<Cause> reasons) {

    /// Withheld by policies, or by a person.
    public static Withheld of(String name, String version, Verdict verdict) {
      Instant until = verdict instanceof Verdict.Hold(Instant end, _) ? end : null;
      return new Withheld(
          name,
          version,
          verdict.word(),
          until == null ? null : until.toString(),
          verdict.reasons().stream()
              .map(reason -> new Cause(reason.policy().text(), reason.sentence(), reason.cause()))
              .toList());
    }
  }

  /// Why it is withheld.
  ///
  /// @param policy which policy says so; null if none has to
  /// @param cause what a release lifts; null if none does
  public record Cause(@Nullable String policy, String sentence, @Nullable String cause) {}

  /// The ledger of what was found.
  public static Ledger of(Found.Versions found) {
    String name = found.all().details().name();
    List<String> served = new ArrayList<>();
    List<Withheld> withheld = new ArrayList<>();
    for (Selected one : found.all().candidates()) {
      Ruling ruling = found.ruling(one);
      if (ruling.isServed()) {
        served.add(one.version());
      } else {
        withheld.add(Withheld.of(name, one.version(), ruling.verdict()));
      }
    }
    for (Selected one : found.all().rest().absent()) {
      withheld.add(frozen(name, one.version()));
    }
    for (Dropped one : found.all().rest().unusable()) {
      withheld.add(unusable(name, one));
    }
    return new Ledger(name, List.copyOf(served), List.copyOf(withheld));
  }

  /// How many versions there are.
  public int versions() {
    return served.size() + withheld.size();
  }

  private static Withheld frozen(String name, String version) {
    var cause =
        new Cause(
            PolicyName.FREEZE.text(),
            "%s@%s is not in the store, and this registry, or one that it draws from, is archived: it takes nothing in."
                .formatted(name, version),
            null);
    return new Withheld(name, version, "block", null, List.of(cause));
  }

  private static Withheld unusable(String name, Dropped dropped) {
    return new Withheld(
        name, dropped.version(), UNUSABLE, null, List.of(new Cause(null, dropped.reason(), null)));
  }
}
