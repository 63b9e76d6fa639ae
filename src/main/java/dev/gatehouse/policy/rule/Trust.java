package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Looks at how a version of others was published: its signature and provenance must verify, the
/// way of publishing must not prove less than that of earlier versions, and its publisher must be
/// known.
public record Trust(Settings settings) implements Policy {

  /// Its settings.
  ///
  /// @param signature what is done if the signature is wrong or absent
  /// @param provenance what is done if the provenance that comes with it is wrong
  /// @param unchecked what is done if there is no key to check the signature with, or nothing to
  ///   check because the registry has no keys; or if provenance is promised and cannot be checked
  /// @param decline what is done if earlier versions were published in a way that proves more
  /// @param newPublisher what is done with a publisher never seen for this package
  /// @param missing what is done where nobody can say
  public record Settings(
      Action signature,
      Action provenance,
      Action unchecked,
      Action decline,
      Action newPublisher,
      Action missing) {
    /// What is wrong is blocked, a decline quarantined, a new publisher told of.
    public static final Settings DEFAULT =
        new Settings(
            Action.BLOCK,
            Action.BLOCK,
            Action.FLAG,
            Action.QUARANTINE,
            Action.FLAG,
            Action.QUARANTINE);
  }

  @Override
  public PolicyName name() {
    return PolicyName.TRUST;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of(FactKind.SIGNATURE, FactKind.PROVENANCE, FactKind.PUBLICATION, FactKind.EARLIER);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted()) {
      return Finding.PASSED;
    }
    History history = facts.history();
    var findings = new Findings(name(), facts.subject(), settings.missing());
    findings.look(
        FactKind.SIGNATURE,
        history.signature(),
        "The signature",
        signature -> signature(facts, signature, findings));
    findings.look(
        FactKind.PROVENANCE,
        history.provenance(),
        "The provenance",
        provenance -> provenance(facts, provenance, findings));
    switch (history.earlier()) {
      case Fact.Known<Earlier>(Earlier earlier) ->
          findings.look(
              FactKind.PUBLICATION,
              history.publication(),
              "The publisher",
              publication -> compare(facts, publication, earlier, findings));
      case Fact.Pending<Earlier> _ ->
          findings.look(FactKind.EARLIER, history.earlier(), "The history", _ -> {});
      // A first version has nothing to fall behind.
      case Fact.Missing<Earlier> _ -> {}
    }
    return findings.finding();
  }

  private void signature(Facts facts, History.Signature signature, Findings findings) {
    switch (signature) {
      case VERIFIED -> {}
      case WRONG ->
          findings.add(
              settings.signature(),
              "The signature of " + facts.subject() + " does not verify.",
              Map.of("cause", "signature-wrong"));
      case ABSENT ->
          findings.add(
              settings.signature(),
              facts.subject() + " has no signature, although its registry signs.",
              Map.of("cause", "signature-absent"));
      case UNCHECKED ->
          findings.add(
              settings.unchecked(),
              "There is no key to check the signature of " + facts.subject() + " with.",
              Map.of("cause", "signature-unchecked"));
      case RECEIVED ->
          findings.add(
              settings.unchecked(),
              facts.subject()
                  + " was received from a registry that signs nothing: nobody vouches for it.",
              Map.of("cause", "signature-received"));
    }
  }

  private void provenance(Facts facts, History.Attestation provenance, Findings findings) {
    switch (provenance) {
      case NONE, VERIFIED -> {}
      case WRONG ->
          findings.add(
              settings.provenance(),
              "The provenance of " + facts.subject() + " does not verify.",
              Map.of("cause", "provenance-wrong"));
      case RECEIVED ->
          findings.add(
              settings.unchecked(),
              "The registry says that "
                  + facts.subject()
                  + " has provenance, which cannot be checked here.",
              Map.of("cause", "provenance-unchecked"));
    }
  }

  private void compare(Facts facts, Publication publication, Earlier earlier, Findings findings) {
    if (publication.trust().compareTo(earlier.best()) < 0) {
      findings.add(
          settings.decline(),
          facts.subject()
              + " was published by "
              + way(publication.trust())
              + "; earlier versions were by "
              + way(earlier.best())
              + ".",
          Map.of(
              "cause", "decline",
              "now", word(publication.trust()),
              "before", word(earlier.best())));
    }
    if (!earlier.publishers().contains(publication.publisher())) {
      findings.add(
          settings.newPublisher(),
          facts.subject()
              + " was published by \""
              + publication.publisher()
              + "\", who has published no earlier version of it.",
          Map.of("cause", "new-publisher", "publisher", publication.publisher()));
    }
  }

  private static String way(History.Trust trust) {
    return switch (trust) {
      case NONE -> "a token";
      case PROVENANCE -> "a build with provenance";
      case TRUSTED_PUBLISHER -> "a trusted publisher";
      case STAGED -> "approval of a person";
    };
  }

  private static String word(History.Trust trust) {
    return trust.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
