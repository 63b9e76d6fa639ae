package dev.gatehouse.access.provider.saml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads XML of strangers: without document types, so without entities of any kind, and asking
/// nobody. A parser that cannot promise this reads nothing.
final class SafeXml {
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

  /// The parser and the checks go down as deep as a document is nested.
  private static final int DEEPEST = 64;

  private SafeXml() {}

  /// The document, or null if it is none that is read here.
  static @Nullable Document parse(byte[] bytes) {
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      Document document = builder.parse(new ByteArrayInputStream(bytes));
      return isPlain(document, 0) ? document : null;
    } catch (ParserConfigurationException broken) {
      throw new IllegalStateException("This machine's XML parser cannot be made safe.", broken);
    } catch (SAXException | IOException _) {
      return null;
    }
  }

  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(DEEPEST));
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory;
  }

  /// Whether it has elements, attributes and text alone. A comment is not signed, and cuts a name
  /// in two for who reads but the first half.
  static boolean isPlain(Node node, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      boolean plain =
          switch (child.getNodeType()) {
            case Node.ELEMENT_NODE -> isPlain(child, depth + 1);
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> true;
            default -> false;
          };
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /// The elements right below `parent` of that name.
  static List<Element> children(Element parent, String space, String name) {
    return below(parent, one -> is(one, space, name));
  }

  /// All elements right below `parent`.
  static List<Element> children(Element parent) {
    return below(parent, _ -> true);
  }

  /// The only one of that name right below `parent`, or null: there is none, or several.
  static @Nullable Element only(Element parent, String space, String name) {
    List<Element> found = children(parent, space, name);
    return found.size() == 1 ? found.getFirst() : null;
  }

  static boolean is(Element element, String space, String name) {
    return space.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  private static List<Element> below(Element parent, Predicate<Element> wanted) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && wanted.test(element)) {
        found.add(element);
      }
    }
    return found;
  }

  /// Says nothing on the standard output, where the parser does it otherwise.
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException exception) {
      // What is read in spite of it is checked.
    }

    @Override
    public void error(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
      throw exception;
    }
  }
}
