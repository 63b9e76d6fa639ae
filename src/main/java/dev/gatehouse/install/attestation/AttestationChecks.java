package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.install.attestation.AttestationRows.Row;
import dev.gatehouse.install.attestation.BundleCheck.Proven;
import dev.gatehouse.install.attestation.UpstreamAttestations.Handed;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Checks the provenance of what comes from upstreams, for whoever needs to know: the policies that
/// ask before a tarball is handed out, and people.
public final class AttestationChecks {
  private static final int MOST_BUNDLES = 20;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final AttestationFindings findings;
  private final UpstreamAttestations upstreams;
  private final Stamps stamps;

  /// Checks what `upstreams` hand out, and keeps what comes of it in `findings`.
  public AttestationChecks(
      AttestationFindings findings, UpstreamAttestations upstreams, Stamps stamps) {
    this.findings = findings;
    this.upstreams = upstreams;
    this.stamps = stamps;
  }

  /// What comes of looking at what is claimed, or came of it if nothing has changed since. A
  /// problem if the upstream fails; null if nobody may be asked and nothing is stored.
  public @Nullable Attested look(Claim claim, Ask ask) {
    Ask asking = claim.storedOnly() ? Ask.STORED : ask;
    Handed handed = upstreams.find(claim.origin(), claim.path(), asking);
    Row known = findings.find(claim);
    if (handed == null && asking.storedOnly()) {
      return known == null ? null : known.found();
    }
    String document = handed == null ? "" : handed.digest();
    if (known != null && known.document().equals(document)) {
      return known.found();
    }
    Attested found =
        handed == null
            ? Attested.received("The registry says that it has provenance, and hands none out.")
            : check(handed, claim);
    findings.save(claim, document, found);
    stamps.outdate(claim.name());
    return found;
  }

  private Attested check(Handed handed, Claim claim) {
    JsonNode all = read(handed);
    if (all.size() > MOST_BUNDLES) {
      return Attested.received("There are more attestations than are looked at here.");
    }
    Attested found =
        Attested.received("None of its attestations is of a kind that can be checked here.");
    try {
      for (JsonNode one : all) {
        JsonNode bundle = one.path("bundle");
        // The registry's own word about itself, by one of its keys: that is what signatures are.
        if (!bundle.at("/verificationMaterial/publicKey").isObject()) {
          Proven proven = findings.check().check(bundle.toString(), claim);
          found = proven.statement().isProvenance() ? Attested.verified(proven.signer()) : found;
        }
      }
      return found;
    } catch (Unproven unproven) {
      return Attested.wrong(unproven.sentence());
    }
  }

  private static JsonNode read(Handed handed) {
    try {
      return MAPPER.readTree(Files.readAllBytes(handed.file())).path("attestations");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
