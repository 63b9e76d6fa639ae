package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.install.attestation.AttestationRows.Row;
import dev.gatehouse.install.attestation.Attested.Signer;
import dev.gatehouse.install.attestation.BundleCheck.Proven;
import dev.gatehouse.install.attestation.UpstreamAttestations.Handed;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.install.signature.UpstreamKeys;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Checks provenance, of what comes from upstreams and of what is hosted here, for whoever needs to
/// know: the policies that ask before a tarball is handed out, and people.
public final class AttestationChecks {
  private static final int MOST_BUNDLES = 20;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final AttestationFindings findings;
  private final Sources sources;
  private final Stamps stamps;

  /// Who hands bundles out, and by which keys registries speak for themselves.
  public record Sources(UpstreamAttestations upstreams, UpstreamKeys keys, Packages hosted) {}

  /// Checks what `sources` hand out, and keeps what comes of it in `findings`.
  public AttestationChecks(AttestationFindings findings, Sources sources, Stamps stamps) {
    this.findings = findings;
    this.sources = sources;
    this.stamps = stamps;
  }

  /// What is handed out for a claim.
  ///
  /// @param digest of all of it; empty if nothing is handed out
  /// @param keys by which the registry speaks for itself
  private record Document(String digest, JsonNode bundles, KeyState keys) {
    private static final KeyState NO_KEYS = new KeyState.None();

    static Document nothing() {
      return new Document("", MissingNode.getInstance(), NO_KEYS);
    }

    static Document of(String digest, byte[] json) {
      try {
        return new Document(digest, MAPPER.readTree(json).path("attestations"), NO_KEYS);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    /// Whether the registry itself says something.
    boolean hasWord() {
      for (JsonNode one : bundles) {
        if (isWord(one.path("bundle"))) {
          return true;
        }
      }
      return false;
    }

    /// What has to be the same for a finding to hold: keys count only where they are needed.
    String identity() {
      return hasWord() ? digest + " " + keys.identity() : digest;
    }
  }

  /// What comes of looking at what is claimed, or came of it if nothing has changed since. A
  /// problem if the upstream fails; null if nobody may be asked and nothing is stored.
  public @Nullable Attested look(Claim claim, Ask ask) {
    Document document =
        switch (claim.holder()) {
          case Claim.Hosted(long registryId) -> hosted(claim, registryId);
          case Claim.Outside outside -> handed(outside, outside.storedOnly() ? Ask.STORED : ask);
        };
    Row known = findings.find(claim);
    if (document == null) {
      return known == null ? null : known.found();
    }
    String identity = document.identity();
    if (known != null && known.document().equals(identity)) {
      return known.found();
    }
    Attested found =
        document.digest().isEmpty()
            ? Attested.received("The registry says that it has provenance, and hands none out.")
            : check(document, claim);
    findings.save(claim, identity, found);
    stamps.outdate(claim.name());
    return found;
  }

  private Document hosted(Claim claim, long registryId) {
    String json =
        sources
            .hosted()
            .attestations(registryId, claim.name(), claim.version(), claim.integrity().toString());
    if (json == null) {
      return Document.nothing();
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Document.of(AttestationFindings.sha256(bytes), bytes);
  }

  /// Null if it is not known whether there is one.
  private @Nullable Document handed(Claim.Outside outside, Ask ask) {
    Handed handed = sources.upstreams().find(outside.origin(), outside.path(), ask);
    if (handed == null) {
      return ask.storedOnly() ? null : Document.nothing();
    }
    Document document = Document.of(handed.digest(), read(handed));
    return document.hasWord()
        ? new Document(document.digest(), document.bundles(), keys(outside, ask))
        : document;
  }

  private static byte[] read(Handed handed) {
    try {
      return Files.readAllBytes(handed.file());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The upstream is asked for its keys only if it has said something that they are needed for.
  private KeyState keys(Claim.Outside outside, Ask ask) {
    KeyState keys =
        ask.storedOnly()
            ? sources.keys().stored(outside.origin())
            : sources.keys().of(outside.origin(), ask);
    if (keys instanceof KeyState.Unknown(Problem.UpstreamFailed problem) && problem != null) {
      throw new ProblemException(problem);
    }
    return keys;
  }

  private Attested check(Document document, Claim claim) {
    if (document.bundles().size() > MOST_BUNDLES) {
      return Attested.received("There are more attestations than are looked at here.");
    }
    Signer signer = null;
    boolean vouched = false;
    try {
      for (JsonNode one : document.bundles()) {
        JsonNode bundle = one.path("bundle");
        if (!isWord(bundle)) {
          Proven proven = findings.check().check(bundle.toString(), claim);
          signer = proven.statement().isProvenance() ? proven.signer() : signer;
        } else if (document.keys() instanceof KeyState.Known known) {
          findings.check().checkWord(bundle.toString(), claim, known.keys());
          vouched = true;
        }
      }
    } catch (Unproven unproven) {
      return Attested.wrong(unproven.sentence());
    }
    return signer == null ? Attested.received(vouched) : Attested.verified(signer, vouched);
  }

  /// Whether it is a registry's own word about a publish: signed by one of its keys.
  private static boolean isWord(JsonNode bundle) {
    return bundle.at("/verificationMaterial/publicKey").isObject();
  }
}
