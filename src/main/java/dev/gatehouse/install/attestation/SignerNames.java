package dev.gatehouse.install.attestation;

import dev.gatehouse.install.attestation.Attested.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;

/// Whom a certificate names.
final class SignerNames {
  /// Who said that the signer is who they are, as a UTF8String; and as it was written before.
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";

  private static final String ISSUER_BEFORE = "1.3.6.1.4.1.57264.1.1";

  private SignerNames() {}

  static Signer of(X509Certificate certificate) throws CertificateParsingException, Unproven {
    var names = certificate.getSubjectAlternativeNames();
    if (names == null || names.isEmpty()) {
      throw new Unproven("Its certificate names nobody.");
    }
    List<?> first = names.iterator().next();
    return new Signer(String.valueOf(first.getLast()), issuer(certificate));
  }

  private static String issuer(X509Certificate certificate) throws Unproven {
    try {
      byte[] now = certificate.getExtensionValue(ISSUER);
      if (now != null) {
        byte[] inner = ASN1OctetString.getInstance(now).getOctets();
        return ASN1UTF8String.getInstance(ASN1Primitive.fromByteArray(inner)).getString();
      }
      byte[] before = certificate.getExtensionValue(ISSUER_BEFORE);
      if (before == null) {
        throw new Unproven("Its certificate does not say who knows the signer.");
      }
      return new String(ASN1OctetString.getInstance(before).getOctets(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new Unproven("Its certificate cannot be read.", damaged);
    }
  }
}
