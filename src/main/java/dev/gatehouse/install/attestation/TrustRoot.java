package dev.gatehouse.install.attestation;

import dev.sigstore.encryption.signers.Verifiers;
import dev.sigstore.fulcio.client.FulcioVerificationException;
import dev.sigstore.fulcio.client.FulcioVerifier;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.rekor.client.RekorVerifier;
import dev.sigstore.timestamp.client.ImmutableTimestampResponse;
import dev.sigstore.timestamp.client.TimestampException;
import dev.sigstore.timestamp.client.TimestampVerificationException;
import dev.sigstore.timestamp.client.TimestampVerifier;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Those whose word counts: who issues certificates to builds, who logs that, who logs what they
/// sign, and who says when. Nobody of them is asked; their keys are in a file.
final class TrustRoot {
  private final FulcioVerifier certificates;
  private final RekorVerifier entries;
  private final List<TransparencyLog> logs;
  private final TimestampVerifier timestamps;

  /// The root that `json` is.
  TrustRoot(byte[] json) {
    try {
      var root = SigstoreTrustedRoot.from(new ByteArrayInputStream(json));
      this.certificates = FulcioVerifier.newFulcioVerifier(root);
      this.entries = RekorVerifier.newRekorVerifier(root);
      this.logs = root.getTLogs();
      this.timestamps = TimestampVerifier.newTimestampVerifier(root);
    } catch (SigstoreConfigurationException | GeneralSecurityException unusable) {
      throw new IllegalStateException(
          "The trust root for provenance cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  /// That the certificate was issued to a build, and that this was logged.
  void requireIssued(CertPath certificate) throws Unproven {
    try {
      certificates.verifySigningCertificate(certificate);
    } catch (FulcioVerificationException | IOException bad) {
      throw new Unproven("Its certificate is not of an authority that is trusted here.", bad);
    }
  }

  /// That the entry is in a log: by the log's promise, which also says when, and by the proof that
  /// it was kept. Only the first bundles had a promise alone.
  void requireLogged(RekorEntry entry, boolean proofGiven) throws Unproven {
    try {
      if (proofGiven) {
        entries.verifyEntry(entry);
      } else if (!isPromised(entry)) {
        throw new Unproven("No log that is trusted here has promised to keep its entry.");
      }
    } catch (RekorVerificationException | GeneralSecurityException bad) {
      throw new Unproven("Its entry is not in a log that is trusted here.", bad);
    }
  }

  private boolean isPromised(RekorEntry entry) throws GeneralSecurityException {
    String promise = entry.getVerification().getSignedEntryTimestamp();
    var log =
        TransparencyLog.find(
            logs, HexFormat.of().parseHex(entry.getLogID()), entry.getIntegratedTimeInstant());
    return promise != null
        && log.isPresent()
        && verifies(
            log.get().getPublicKey().toJavaPublicKey(),
            entry.getSignableContent(),
            Base64.getDecoder().decode(promise));
  }

  /// When the signature existed, by a timestamp over it.
  Instant timestamp(byte[] response, byte[] signature) throws Unproven {
    try {
      var read = ImmutableTimestampResponse.builder().encoded(response).build();
      timestamps.verify(read, signature);
      return read.getGenTime().toInstant();
    } catch (TimestampException | TimestampVerificationException bad) {
      throw new Unproven("Its timestamp is not of an authority that is trusted here.", bad);
    }
  }

  /// Whether `signature` is of that key, over those bytes.
  static boolean verifies(PublicKey key, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    return Verifiers.newVerifier(key).verify(signed, signature);
  }
}
