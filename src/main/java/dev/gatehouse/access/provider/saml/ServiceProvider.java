package dev.gatehouse.access.provider.saml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// What this server is to a provider that speaks SAML: its name, and where answers go.
public record ServiceProvider(String entityId, String answers) {
  private static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

  /// Writes an element's inside.
  private interface Body {
    void write(XMLStreamWriter to) throws XMLStreamException;
  }

  /// The metadata, for whoever sets the provider up.
  public String metadata() {
    return written(to -> {
      to.writeStartElement("md", "EntityDescriptor", SafeXml.METADATA);
      to.writeNamespace("md", SafeXml.METADATA);
      to.writeAttribute("entityID", entityId);
      to.writeStartElement("md", "SPSSODescriptor", SafeXml.METADATA);
      to.writeAttribute("AuthnRequestsSigned", "false");
      to.writeAttribute("WantAssertionsSigned", "true");
      to.writeAttribute("protocolSupportEnumeration", SafeXml.PROTOCOL);
      to.writeStartElement("md", "NameIDFormat", SafeXml.METADATA);
      to.writeCharacters("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
      to.writeEndElement();
      to.writeEmptyElement("md", "AssertionConsumerService", SafeXml.METADATA);
      to.writeAttribute("Binding", POST);
      to.writeAttribute("Location", answers);
      to.writeAttribute("index", "0");
      to.writeAttribute("isDefault", "true");
    });
  }

  /// Where a browser goes to sign in: the question called `id`, which the provider answers, and
  /// `state`, which comes back with the answer.
  public String address(String signOn, String id, String state, Instant now) {
    String request = request(signOn, id, now);
    return signOn
        + (signOn.contains("?") ? "&" : "?")
        + "SAMLRequest="
        + URLEncoder.encode(deflated(request), StandardCharsets.UTF_8)
        + "&RelayState="
        + URLEncoder.encode(state, StandardCharsets.UTF_8);
  }

  private String request(String signOn, String id, Instant now) {
    return written(to -> {
      to.writeStartElement("samlp", "AuthnRequest", SafeXml.PROTOCOL);
      to.writeNamespace("samlp", SafeXml.PROTOCOL);
      to.writeNamespace("saml", SafeXml.ASSERTION);
      to.writeAttribute("ID", id);
      to.writeAttribute("Version", "2.0");
      to.writeAttribute("IssueInstant", now.truncatedTo(ChronoUnit.SECONDS).toString());
      to.writeAttribute("Destination", signOn);
      to.writeAttribute("AssertionConsumerServiceURL", answers);
      to.writeAttribute("ProtocolBinding", POST);
      to.writeStartElement("saml", "Issuer", SafeXml.ASSERTION);
      to.writeCharacters(entityId);
      to.writeEndElement();
    });
  }

  private static String written(Body body) {
    var text = new StringWriter();
    try {
      XMLStreamWriter to = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      body.write(to);
      to.writeEndDocument();
      to.close();
    } catch (XMLStreamException broken) {
      throw new IllegalStateException("XML cannot be written.", broken);
    }
    return text.toString();
  }

  private static String deflated(String text) {
    var bytes = new ByteArrayOutputStream();
    var raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (var to = new DeflaterOutputStream(bytes, raw)) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new IllegalStateException("Memory cannot be written.", broken);
    } finally {
      raw.end();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
