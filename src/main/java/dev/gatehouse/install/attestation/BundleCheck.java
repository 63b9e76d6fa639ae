package dev.gatehouse.install.attestation;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gatehouse.install.attestation.Attested.Signer;
import dev.gatehouse.npm.signature.RegistryKeys;
import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.json.ProtoJson;
import dev.sigstore.proto.ProtoMutators;
import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.bundle.v1.VerificationMaterial;
import dev.sigstore.proto.common.v1.X509Certificate;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import io.intoto.EnvelopeOuterClass.Envelope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks one bundle by the trust root, and by keys where it is a registry that speaks for itself.
/// The library checks certificates, logs and timestamps; its own check of a whole bundle knows
/// neither npm's kind of log entry nor SHA-512.
final class BundleCheck {
  private static final String STATEMENT = "application/vnd.in-toto+json";
  private static final String FIRST = "application/vnd.dev.sigstore.bundle+json;version=0.1";
  private static final Set<String> FORMS =
      Set.of(
          FIRST,
          "application/vnd.dev.sigstore.bundle+json;version=0.2",
          "application/vnd.dev.sigstore.bundle+json;version=0.3",
          "application/vnd.dev.sigstore.bundle.v0.3+json");
  private static final int MOST_ENTRIES = 4;
  private static final String WORD = "The registry's own statement about the publish ";

  private final TrustRoot root;

  BundleCheck(TrustRoot root) {
    this.root = root;
  }

  /// What was signed, and by whom.
  record Proven(Statement statement, Signer signer) {}

  /// An envelope whose parts are read.
  ///
  /// @param verifier what logs keep of whoever signed: the certificate or the key, DER
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Signed(byte[] payload, byte[] signature, PublicKey key, byte[] verifier) {}

  /// What `json`, a bundle with a certificate, proves about `claim`.
  Proven check(String json, Claim claim) throws Unproven {
    try {
      Bundle bundle = read(json);
      java.security.cert.X509Certificate signer = signer(bundle);
      Signed signed = signed(bundle, signer.getPublicKey(), signer.getEncoded());
      root.requireIssued(Certificates.toCertPath(signer));
      requireSigned(signed);
      List<Instant> times = times(bundle, signed);
      if (times.isEmpty()) {
        throw new Unproven("Nobody who is trusted here says when it was signed.");
      }
      // Certificates are good for ten minutes.
      for (Instant time : times) {
        signer.checkValidity(Date.from(time));
      }
      return new Proven(about(signed, claim), SignerNames.of(signer));
    } catch (GeneralSecurityException | RuntimeException damaged) {
      // A stranger wrote it, and the library throws what it likes where a part is not what it
      // should be.
      throw new Unproven("The bundle is damaged.", damaged);
    }
  }

  /// That `json`, a bundle without a certificate, is a word about `claim` of the registry whose
  /// `keys` these are. Registries other than npm's have no log: where there is no entry, the key
  /// must not have expired when the version was published.
  void checkWord(String json, Claim claim, RegistryKeys keys) throws Unproven {
    try {
      Bundle bundle = read(json);
      String keyid = keyid(bundle);
      PublicKey key = keys.key(keyid);
      if (key == null) {
        throw new Unproven(WORD + "is signed by a key that it does not list.");
      }
      Signed signed = signed(bundle, key, key.getEncoded());
      requireSigned(signed);
      boolean logged = bundle.getVerificationMaterial().getTlogEntriesCount() > 0;
      List<Instant> times = logged ? times(bundle, signed) : List.of();
      for (Instant time : times.isEmpty() ? List.of(claim.published()) : times) {
        if (!keys.isValidAt(keyid, time)) {
          throw new Unproven(WORD + "is signed by a key that had expired by then.");
        }
      }
      about(signed, claim);
    } catch (GeneralSecurityException | RuntimeException damaged) {
      throw new Unproven(WORD + "is damaged.", damaged);
    }
  }

  private static String keyid(Bundle bundle) throws Unproven {
    String hint = bundle.getVerificationMaterial().getPublicKey().getHint();
    String named = bundle.getDsseEnvelope().getSignatures(0).getKeyid();
    if (!named.isEmpty() && !named.equals(hint)) {
      throw new Unproven(WORD + "names two keys.");
    }
    return hint;
  }

  private static Statement about(Signed signed, Claim claim) throws Unproven {
    Statement statement = Statement.read(signed.payload());
    statement.requireAbout(claim);
    return statement;
  }

  private static Bundle read(String json) throws Unproven {
    var builder = Bundle.newBuilder();
    try {
      ProtoJson.parser().ignoringUnknownFields().merge(json, builder);
    } catch (InvalidProtocolBufferException damaged) {
      throw new Unproven("It is no bundle.", damaged);
    }
    if (!FORMS.contains(builder.getMediaType())) {
      throw new Unproven("It is a bundle of a form that is not known here.");
    }
    return builder.build();
  }

  private static java.security.cert.X509Certificate signer(Bundle bundle)
      throws Unproven, CertificateException {
    X509Certificate certificate = certificate(bundle.getVerificationMaterial());
    if (certificate == null
        || !(Certificates.fromDer(certificate.getRawBytes().toByteArray())
            instanceof java.security.cert.X509Certificate signer)) {
      throw new Unproven("It has no certificate.");
    }
    return signer;
  }

  private static Signed signed(Bundle bundle, PublicKey key, byte[] verifier) throws Unproven {
    Envelope envelope = bundle.getDsseEnvelope();
    if (!envelope.getPayloadType().equals(STATEMENT) || envelope.getSignaturesCount() != 1) {
      throw new Unproven("It is not one statement with one signature.");
    }
    return new Signed(
        envelope.getPayload().toByteArray(),
        envelope.getSignatures(0).getSig().toByteArray(),
        key,
        verifier);
  }

  /// Of a chain only its end: the rest of it is in the root.
  private static @Nullable X509Certificate certificate(VerificationMaterial material) {
    if (material.hasCertificate()) {
      return material.getCertificate();
    }
    List<X509Certificate> chain = material.getX509CertificateChain().getCertificatesList();
    return chain.isEmpty() ? null : chain.getFirst();
  }

  private static void requireSigned(Signed signed) throws Unproven, GeneralSecurityException {
    if (!TrustRoot.verifies(signed.key(), encoded(signed.payload()), signed.signature())) {
      throw new Unproven("Its signature does not verify.");
    }
  }

  /// What is signed of a payload: also of which type and how long it is.
  private static byte[] encoded(byte[] payload) {
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(STATEMENT.length(), STATEMENT, payload.length)
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }

  /// The times at which trusted parties have seen the signature: each entry of a log must be one,
  /// and each timestamp.
  private List<Instant> times(Bundle bundle, Signed signed)
      throws Unproven, GeneralSecurityException {
    VerificationMaterial material = bundle.getVerificationMaterial();
    List<TransparencyLogEntry> entries = material.getTlogEntriesList();
    if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
      throw new Unproven("It has no entry in a log, or too many.");
    }
    List<Instant> times = new ArrayList<>();
    for (TransparencyLogEntry entry : entries) {
      requireLogged(entry, bundle.getMediaType().equals(FIRST), signed);
      // An empty promise is none, and an entry's time is believed by the promise alone.
      if (!entry.getInclusionPromise().getSignedEntryTimestamp().isEmpty()) {
        times.add(Instant.ofEpochSecond(entry.getIntegratedTime()));
      }
    }
    for (var stamp : material.getTimestampVerificationData().getRfc3161TimestampsList()) {
      times.add(root.timestamp(stamp.getSignedTimestamp().toByteArray(), signed.signature()));
    }
    return times;
  }

  private void requireLogged(TransparencyLogEntry entry, boolean first, Signed signed)
      throws Unproven, GeneralSecurityException {
    boolean proofGiven = entry.hasInclusionProof();
    if (!proofGiven && !first) {
      throw new Unproven("It does not prove that its entry is in a log.");
    }
    root.requireLogged(ProtoMutators.toRekorEntry(entry), proofGiven);
    LoggedEnvelope logged = LoggedEnvelope.read(entry.getCanonicalizedBody().toByteArray());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(signed.payload());
    if (!logged.isOf(hash, signed.signature(), signed.verifier())) {
      throw new Unproven("Its entry in the log is of something else.");
    }
  }
}
