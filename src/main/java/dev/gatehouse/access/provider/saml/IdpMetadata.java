package dev.gatehouse.access.provider.saml;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// What a provider's metadata say, which an owner has pasted: so nobody asks an address for them,
/// and a signature of theirs proves no more than the owner does.
///
/// @param certificates in base64 of DER
public record IdpMetadata(String entityId, String signOn, List<String> certificates) {
  private static final int LARGEST = 512 << 10;
  private static final String REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

  /// Reads `text`, which holds one provider.
  public static IdpMetadata read(String text) {
    if (text.length() > LARGEST) {
      throw malformed(
          "The metadata are larger than 512 KB: paste those of the one provider alone.");
    }
    Document document = SafeXml.parse(text.strip().getBytes(StandardCharsets.UTF_8));
    Element root = document == null ? null : document.getDocumentElement();
    Element provider = root == null ? null : provider(root);
    if (root == null || provider == null) {
      throw malformed(
          "The metadata are no XML of one provider (EntityDescriptor with IDPSSODescriptor), or"
              + " have a document type or comments: paste what the provider offers as its"
              + " metadata.");
    }
    return new IdpMetadata(root.getAttribute("entityID"), signOn(provider), certificates(provider));
  }

  private static @Nullable Element provider(Element root) {
    return SafeXml.is(root, SafeXml.METADATA, "EntityDescriptor")
        ? SafeXml.only(root, SafeXml.METADATA, "IDPSSODescriptor")
        : null;
  }

  private static String signOn(Element provider) {
    return SafeXml.children(provider, SafeXml.METADATA, "SingleSignOnService").stream()
        .filter(one -> one.getAttribute("Binding").equals(REDIRECT))
        .map(one -> one.getAttribute("Location"))
        .findFirst()
        .orElseThrow(() ->
            malformed(
                "The metadata name no address for sign-ins by the binding HTTP-Redirect, which is"
                    + " the one that is used here."));
  }

  private static List<String> certificates(Element provider) {
    return SafeXml.children(provider, SafeXml.METADATA, "KeyDescriptor").stream()
        .filter(one -> !one.getAttribute("use").equals("encryption"))
        .map(one -> SafeXml.only(one, SafeXml.SIGNATURE, "KeyInfo"))
        .filter(Objects::nonNull)
        .flatMap(one -> SafeXml.children(one, SafeXml.SIGNATURE, "X509Data").stream())
        .flatMap(one -> SafeXml.children(one, SafeXml.SIGNATURE, "X509Certificate").stream())
        .map(one -> one.getTextContent().replaceAll("\\s", ""))
        .distinct()
        .toList();
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
