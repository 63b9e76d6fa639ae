package dev.gatehouse.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// Signs SAML documents with a key of its own, by the signer of the JDK, which is none that the
/// server checks with. What it signs is whatever the test gives it.
public record TestingSamlIdp(PrivateKey key, X509Certificate certificate) {
  /// How signatures are made that are as they should be.
  public static final Algorithms USUAL =
      new Algorithms(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2001/04/xmlenc#sha256",
          CanonicalizationMethod.EXCLUSIVE);

  private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
  private static final char[] PASSWORD = "a password".toCharArray();

  /// By what a signature is made.
  public record Algorithms(String signature, String digest, String canonical) {}

  /// One with a new key.
  public static TestingSamlIdp create() {
    try {
      Path store = Files.createTempDirectory("idp").resolve("keys.p12");
      var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      String arguments =
          "-genkeypair -alias idp -keyalg RSA -keysize 2048 -validity 3650 -dname CN=idp"
              + " -storetype PKCS12 -J-XX:TieredStopAtLevel=1";
      var command = new java.util.ArrayList<>(List.of(keytool));
      command.addAll(List.of(arguments.split(" ", -1)));
      command.addAll(List.of("-storepass", new String(PASSWORD), "-keystore", store.toString()));
      Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!made.waitFor(1, TimeUnit.MINUTES) || made.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
      return read(store);
    } catch (IOException | GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static TestingSamlIdp read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Files.delete(store);
    return new TestingSamlIdp(
        (PrivateKey) keys.getKey("idp", PASSWORD), (X509Certificate) keys.getCertificate("idp"));
  }

  /// The certificate in base64.
  public String base64() {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// The certificate in PEM.
  public String pem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + base64().replaceAll("(.{64})(?=.)", "$1\n")
        + "\n-----END CERTIFICATE-----\n";
  }

  /// `xml`, in which the element with that `ID` is signed, the signature right after its issuer.
  public String sign(String xml, String id) {
    return sign(xml, id, USUAL);
  }

  /// Likewise, by other algorithms.
  public String sign(String xml, String id, Algorithms by) {
    try {
      Document document = parse(xml);
      Element wanted = byId(document.getDocumentElement(), id);
      wanted.setIdAttribute("ID", true);
      Node issuer = wanted.getElementsByTagNameNS(SAML, "Issuer").item(0);
      XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
      var plain = (C14NMethodParameterSpec) null;
      var reference =
          factory.newReference(
              "#" + id,
              factory.newDigestMethod(by.digest(), null),
              List.of(
                  factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                  factory.newTransform(by.canonical(), plain)),
              null,
              null);
      var info =
          factory.newSignedInfo(
              factory.newCanonicalizationMethod(by.canonical(), plain),
              factory.newSignatureMethod(by.signature(), null),
              List.of(reference));
      var keys = factory.getKeyInfoFactory();
      KeyInfo keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(List.of(certificate))));
      var context = new DOMSignContext(key, wanted, issuer.getNextSibling());
      context.setDefaultNamespacePrefix("ds");
      context.setProperty("org.jcp.xml.dsig.secureValidation", false);
      factory.newXMLSignature(info, keyInfo).sign(context);
      return text(document);
    } catch (GeneralSecurityException
        | MarshalException
        | XMLSignatureException
        | IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// As a form of a browser holds it.
  public static String encoded(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }

  /// The document of `xml`.
  public static Document parse(String xml) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (SAXException | ParserConfigurationException broken) {
      throw new IOException(broken);
    }
  }

  /// The text of a node and what is below it.
  public static String text(Node node) {
    try {
      var transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      var text = new StringWriter();
      transformer.transform(new DOMSource(node), new StreamResult(text));
      return text.toString();
    } catch (TransformerException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Element byId(Element element, String id) {
    var all = element.getOwnerDocument().getElementsByTagName("*");
    for (int at = 0; at < all.getLength(); at++) {
      if (all.item(at) instanceof Element one && one.getAttribute("ID").equals(id)) {
        return one;
      }
    }
    throw new IllegalStateException("There is no element " + id + ".");
  }
}
