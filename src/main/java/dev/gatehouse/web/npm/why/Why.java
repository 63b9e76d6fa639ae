package dev.gatehouse.web.npm.why;

import dev.gatehouse.install.attestation.Attested;
import dev.gatehouse.install.attestation.Attested.Signer;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.judge.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the policies say of one version, in the words of the JSON form and of the page.
///
/// @param verdict `allow`, `hold`, `quarantine` or `block`
/// @param until when a hold ends, ISO 8601; else null
/// @param signature what came of checking its signature: `verified`, `wrong`, `absent`,
///   `unchecked`, `received` or `pending`
/// @param provenance what came of checking the statement of how it was built
/// @param registries the opinion of each registry on the way, the one that was asked first
record Why(
    String name,
    String version,
    String verdict,
    @Nullable String until,
    String signature,
    Provenance provenance,
    List<Opinion> registries) {

  /// What is known of its provenance.
  ///
  /// @param state `none`, `verified`, `wrong`, `received` or `pending`
  /// @param sentence what was found, or why nothing was; null where there is nothing to say
  /// @param signer who signed it, if it is verified
  record Provenance(String state, @Nullable String sentence, @Nullable Signer signer) {
    /// Nobody could look.
    static Provenance pending(String sentence) {
      return new Provenance("pending", sentence, null);
    }

    static Provenance of(Attested found) {
      return new Provenance(word(found.standing()), found.sentence(), found.signer());
    }

    /// Of a version that nothing can be checked of.
    static Provenance of(Fact<History.Attestation> fact) {
      History.Attestation known = fact.orNull();
      return new Provenance(known == null ? "pending" : word(known), null, null);
    }
  }

  /// What one registry's policies say. `registry` is its name.
  record Opinion(String registry, List<Line> policies) {}

  /// One policy.
  ///
  /// @param mode `off`, `observe` or `enforce`
  /// @param outcome such as `passed`, `withholds`, `would-withhold`
  record Line(String policy, String mode, String outcome, List<Said> reasons) {}

  /// A sentence and what it rests on.
  record Said(String sentence, Map<String, String> evidence) {}

  /// Names registries by their ids.
  interface Names {
    String of(long registryId);
  }

  static Why of(Found.Versions found, Selected version, Provenance provenance, Names names) {
    Ruling ruling = found.ruling(version);
    Instant until = ruling.verdict() instanceof Verdict.Hold(Instant end, _) ? end : null;
    return new Why(
        version.source().name(),
        version.version(),
        ruling.verdict().word(),
        until == null ? null : until.toString(),
        word(found.rulings().signature(version)),
        provenance,
        ruling.opinions().stream()
            .map(one ->
                new Opinion(
                    names.of(one.registryId()),
                    one.judgement().allOutcomes().stream().map(Why::line).toList()))
            .toList());
  }

  boolean isServed() {
    return verdict.equals("allow");
  }

  /// What we sign on receipt is never called verified: it says what came, not who made it.
  private static String word(Fact<History.Signature> signature) {
    return switch (signature) {
      case Fact.Known<History.Signature>(History.Signature known) -> word(known);
      case Fact.Missing<History.Signature> _, Fact.Pending<History.Signature> _ -> "pending";
    };
  }

  private static Line line(Outcome outcome) {
    return new Line(
        outcome.policy().text(), word(outcome.mode()), word(outcome.state()), said(outcome));
  }

  private static List<Said> said(Outcome outcome) {
    List<Said> said = new ArrayList<>();
    switch (outcome.finding()) {
      case Finding.Passed(Reason warning) -> {
        if (warning != null) {
          said.add(said(warning));
        }
      }
      case Finding.Objection objection ->
          objection.verdict().reasons().forEach(reason -> said.add(said(reason)));
      case Finding.Waiting(var kinds) ->
          said.add(
              new Said(
                  "It is judged when the tarball is here: "
                      + String.join(", ", kinds.stream().map(Why::word).sorted().toList())
                      + ".",
                  Map.of()));
    }
    return said;
  }

  private static Said said(Reason reason) {
    return new Said(reason.sentence(), reason.evidence());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
