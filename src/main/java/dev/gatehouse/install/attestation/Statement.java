package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// What a bundle says, once it is known who says it.
record Statement(JsonNode json) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PROVENANCE = "https://slsa.dev/provenance/";

  static Statement read(byte[] payload) throws Unproven {
    try {
      JsonNode json = MAPPER.readTree(payload);
      if (!json.path("_type").asText().startsWith("https://in-toto.io/Statement/")) {
        throw new Unproven("What is signed is no statement.");
      }
      return new Statement(json);
    } catch (IOException damaged) {
      throw new Unproven("What is signed cannot be read.", damaged);
    }
  }

  /// That it speaks of that version and those bytes.
  void requireAbout(Claim claim) throws Unproven {
    for (JsonNode subject : json.path("subject")) {
      if (subject.path("name").asText().equals(claim.purl())
          && claim.sha512().contains(subject.at("/digest/sha512").asText())) {
        return;
      }
    }
    throw new Unproven(
        "It speaks of another version or of other bytes than those of %s@%s."
            .formatted(claim.name(), claim.version()));
  }

  /// Whether it says how the tarball was built.
  boolean isProvenance() {
    return json.path("predicateType").asText().startsWith(PROVENANCE);
  }
}
