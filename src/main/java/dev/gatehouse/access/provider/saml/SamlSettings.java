package dev.gatehouse.access.provider.saml;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is known of a provider that speaks SAML, beside its entity ID.
///
/// @param signOn where browsers are sent to sign in
/// @param certificates those that its answers may be signed by, in base64 of DER; several while it
///   changes them
/// @param subject the attribute that says who somebody is; empty: the NameID does
public record SamlSettings(String signOn, List<String> certificates, String subject) {
  private static final int MOST = 5;
  private static final int LONGEST_PEM = 50_000;
  private static final int LEAST_BITS = 2_048;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  /// Checks the certificates; the address and the attribute are checked with everything else.
  public SamlSettings {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty() || certificates.size() > MOST) {
      throw malformed(
          "\"certificates\" are one to five certificates that the provider signs by, in PEM.");
    }
    certificates.forEach(SamlSettings::certificate);
  }

  /// The certificates of a text in PEM, one below the other.
  public static List<String> certificates(String pem) {
    if (pem.length() > LONGEST_PEM) {
      throw malformed("\"certificates\" is longer than 50,000 characters.");
    }
    List<String> found = new ArrayList<>();
    Matcher matcher = PEM.matcher(pem);
    int end = 0;
    while (matcher.find() && pem.substring(end, matcher.start()).isBlank()) {
      found.add(matcher.group(1).replaceAll("\\s", ""));
      end = matcher.end();
    }
    if (!pem.substring(end).isBlank()) {
      throw malformed(
          "\"certificates\" are certificates in PEM: each begins with -----BEGIN CERTIFICATE-----"
              + " and ends with -----END CERTIFICATE-----, with nothing between them.");
    }
    return found;
  }

  /// The certificates in PEM, one below the other.
  public String pem() {
    var text = new StringBuilder();
    for (String one : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(one.replaceAll("(.{64})(?=.)", "$1\n"))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString();
  }

  List<X509Certificate> keys() {
    return certificates.stream().map(SamlSettings::certificate).toList();
  }

  private static X509Certificate certificate(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      var read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (read.getPublicKey() instanceof RSAPublicKey key
          && key.getModulus().bitLength() >= LEAST_BITS) {
        return read;
      }
    } catch (CertificateException | IllegalArgumentException _) {
      // Told like one of another kind.
    }
    throw malformed(
        "A certificate cannot be read, or its key is none of RSA with 2,048 bits or more.");
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
