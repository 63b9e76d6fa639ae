package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.policy.fact.History.Attestation;
import org.jspecify.annotations.Nullable;

/// What came of checking the provenance of a version.
///
/// @param sentence what was found, for people
/// @param signer who signed it; null unless it is verified
public record Attested(Attestation standing, String sentence, @Nullable Signer signer) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// The identity that the certificate was issued to, and whose word that is: for what a build
  /// service signs, its workflow and the service.
  public record Signer(String identity, String issuer) {}

  /// @param vouched whether the registry's own statement about the publish verifies, too
  static Attested verified(Signer signer, boolean vouched) {
    return new Attested(
        Attestation.VERIFIED,
        "It was built and signed by "
            + signer.identity()
            + "."
            + (vouched ? " The registry's own statement about the publish verifies, too." : ""),
        signer);
  }

  static Attested wrong(String sentence) {
    return new Attested(Attestation.WRONG, sentence, null);
  }

  /// Nothing says how it was built.
  static Attested received(boolean vouched) {
    return received(
        vouched
            ? "The registry's own statement about the publish verifies; how it was built, none of"
                + " its attestations says."
            : "None of its attestations is of a kind that can be checked here.");
  }

  static Attested received(String sentence) {
    return new Attested(Attestation.RECEIVED, sentence, null);
  }

  static Attested parse(String json) {
    try {
      return MAPPER.readValue(json, Attested.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("A stored check of provenance cannot be read.", damaged);
    }
  }

  String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
