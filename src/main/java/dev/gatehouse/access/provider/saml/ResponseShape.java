package dev.gatehouse.access.provider.saml;

import static dev.gatehouse.access.provider.saml.RefusedAnswer.unless;
import static dev.gatehouse.access.provider.saml.SafeXml.ASSERTION;
import static dev.gatehouse.access.provider.saml.SafeXml.PROTOCOL;
import static dev.gatehouse.access.provider.saml.SafeXml.SIGNATURE;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/// How an answer must be made before its signature is looked at: one response, in it one assertion,
/// in that one signature over exactly that assertion, and nothing of the kind anywhere else. What
/// is signed and what is read are then the same element, wherever somebody moves or copies what. So
/// strict that nothing is left to understand in two ways.
final class ResponseShape {
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  private static final String ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
  private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
  private static final Set<String> SIGNATURES =
      Set.of(MORE + "rsa-sha256", MORE + "rsa-sha384", MORE + "rsa-sha512");
  private static final Set<String> DIGESTS =
      Set.of(ENCRYPTION + "sha256", MORE + "sha384", ENCRYPTION + "sha512");
  private static final List<String> TRANSFORMS =
      List.of(SIGNATURE + "enveloped-signature", EXCLUSIVE);

  /// What may be said of the key, which is known already: nothing that names an address of one.
  private static final Set<String> KEYS = Set.of("KeyName", "KeyValue", "X509Data");

  private static final Set<String> PARTS = Set.of("SignedInfo", "SignatureValue", "KeyInfo");

  private final Set<String> ids = new HashSet<>();
  private int assertions;

  private ResponseShape() {}

  /// The one assertion of `document`, which is signed, by whomever; refuses another shape.
  static Element assertion(Document document) {
    unless(SafeXml.isPlain(document, 0), Refusal.DOCUMENT);
    Element root = document.getDocumentElement();
    unless(SafeXml.is(root, PROTOCOL, "Response"), Refusal.SHAPE);
    var shape = new ResponseShape();
    shape.walk(root, null, null);
    requireSuccess(root);
    unless(shape.assertions == 1, Refusal.SHAPE);
    Element assertion = SafeXml.only(root, ASSERTION, "Assertion");
    unless(assertion != null, Refusal.SHAPE);
    Element found = Objects.requireNonNull(assertion);
    unless(SafeXml.only(found, SIGNATURE, "Signature") != null, Refusal.UNSIGNED);
    return found;
  }

  private static void requireSuccess(Element root) {
    Element status = SafeXml.only(root, PROTOCOL, "Status");
    Element code = status == null ? null : SafeXml.only(status, PROTOCOL, "StatusCode");
    unless(code != null, Refusal.SHAPE);
    String value = Objects.requireNonNull(code).getAttribute("Value");
    unless(value.equals("urn:oasis:names:tc:SAML:2.0:status:Success"), Refusal.STATUS);
  }

  private void walk(Element element, @Nullable Element parent, @Nullable Element grandparent) {
    rememberIds(element);
    String name = element.getLocalName();
    unless(!name.equals("EncryptedAssertion") && !name.equals("EncryptedID"), Refusal.ENCRYPTED);
    unless(!name.equals("EncryptedAttribute"), Refusal.ENCRYPTED);
    if (name.equals("Assertion")) {
      unless(grandparent == null && parent != null, Refusal.SHAPE);
      assertions++;
    }
    unless(parent == null || !name.equals("Response"), Refusal.SHAPE);
    if (name.equals("Signature")) {
      unless(SafeXml.is(element, SIGNATURE, name) && parent != null, Refusal.SHAPE);
      requireSignature(element, Objects.requireNonNull(parent), grandparent);
    }
    for (Element child : SafeXml.children(element)) {
      walk(child, element, parent);
    }
  }

  /// Names by which a reference could find an element must be of one element each.
  private void rememberIds(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int at = 0; at < attributes.getLength(); at++) {
      var one = (Attr) attributes.item(at);
      String name = Objects.requireNonNullElse(one.getLocalName(), one.getName());
      if (name.toLowerCase(Locale.ROOT).equals("id")) {
        unless(ids.add(one.getValue()), Refusal.SHAPE);
      }
    }
  }

  /// A signature stands in the response or in its assertion, and is over just that.
  private static void requireSignature(Element signature, Element of, @Nullable Element above) {
    boolean ofResponse = above == null && SafeXml.is(of, PROTOCOL, "Response");
    boolean ofAssertion = above != null && SafeXml.is(of, ASSERTION, "Assertion");
    unless(ofResponse || ofAssertion, Refusal.SHAPE);
    unless(SafeXml.only(of, SIGNATURE, "Signature") != null, Refusal.SHAPE);
    requireParts(signature, PARTS);
    SafeXml.children(signature, SIGNATURE, "KeyInfo").forEach(one -> requireParts(one, KEYS));
    Element info = required(signature, "SignedInfo");
    Element reference = required(info, "Reference");
    String id = of.getAttribute("ID");
    unless(!id.isEmpty() && reference.getAttribute("URI").equals("#" + id), Refusal.SHAPE);
    requireAlgorithms(info, reference);
  }

  private static void requireParts(Element element, Set<String> names) {
    unless(
        SafeXml.children(element).stream()
            .allMatch(one ->
                SIGNATURE.equals(one.getNamespaceURI()) && names.contains(one.getLocalName())),
        Refusal.SHAPE);
  }

  private static void requireAlgorithms(Element info, Element reference) {
    unless(EXCLUSIVE.equals(algorithm(info, "CanonicalizationMethod")), Refusal.ALGORITHM);
    unless(SIGNATURES.contains(algorithm(info, "SignatureMethod")), Refusal.ALGORITHM);
    unless(DIGESTS.contains(algorithm(reference, "DigestMethod")), Refusal.ALGORITHM);
    List<String> transforms =
        SafeXml.children(required(reference, "Transforms")).stream()
            .map(one -> one.getAttribute("Algorithm"))
            .toList();
    unless(transforms.equals(TRANSFORMS), Refusal.ALGORITHM);
  }

  private static String algorithm(Element parent, String name) {
    return required(parent, name).getAttribute("Algorithm");
  }

  private static Element required(Element parent, String name) {
    Element found = SafeXml.only(parent, SIGNATURE, name);
    unless(found != null, Refusal.SHAPE);
    return Objects.requireNonNull(found);
  }

  /// The text of an element that has nothing but text.
  static String text(Element element) {
    unless(SafeXml.children(element).isEmpty(), Refusal.SHAPE);
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      unless(child.getNodeType() != Node.COMMENT_NODE, Refusal.DOCUMENT);
    }
    return element.getTextContent().strip();
  }
}
