package dev.gatehouse.access.provider.saml;

import static dev.gatehouse.access.provider.saml.RefusedAnswer.unless;
import static dev.gatehouse.access.provider.saml.SafeXml.ASSERTION;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads an assertion that is proven.
final class StatementReader {
  private static final int MOST_VALUES = 2_000;
  private static final int LONGEST_SESSION = 255;
  private static final Pattern SUBJECT = Pattern.compile("\\P{Cntrl}{1,255}");
  private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
  private static final String MICROSOFT = "http://schemas.microsoft.com/claims/multipleauthn";
  private static final String METHODS =
      "http://schemas.microsoft.com/claims/authnmethodsreferences";
  private static final String CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

  /// What providers call a sign-in with several factors.
  private static final Set<String> SEVERAL =
      Set.of(
          "https://refeds.org/profile/mfa",
          MICROSOFT,
          CLASSES + "MobileTwoFactorContract",
          CLASSES + "MobileTwoFactorUnregistered");

  private StatementReader() {}

  static Statement read(Element assertion, SamlSettings settings) {
    Map<String, List<String>> attributes = attributes(assertion);
    Element authentication =
        Objects.requireNonNull(SafeXml.only(assertion, ASSERTION, "AuthnStatement"));
    String session = authentication.getAttribute("SessionIndex");
    return new Statement(
        assertion.getAttribute("ID"),
        Conditions.end(assertion),
        subject(assertion, settings, attributes),
        session.isEmpty() || session.length() > LONGEST_SESSION ? null : session,
        SEVERAL.contains(context(authentication))
            || attributes.getOrDefault(METHODS, List.of()).contains(MICROSOFT),
        attributes);
  }

  private static String subject(
      Element assertion, SamlSettings settings, Map<String, List<String>> attributes) {
    String found = settings.subject().isEmpty() ? nameId(assertion) : null;
    if (!settings.subject().isEmpty()) {
      List<String> values = attributes.getOrDefault(settings.subject(), List.of());
      found = values.size() == 1 ? values.getFirst() : null;
    }
    unless(found != null && SUBJECT.matcher(found).matches(), Refusal.SUBJECT);
    return Objects.requireNonNull(found);
  }

  /// One that is another each time is nobody.
  private static @Nullable String nameId(Element assertion) {
    Element subject = SafeXml.only(assertion, ASSERTION, "Subject");
    Element name = subject == null ? null : SafeXml.only(subject, ASSERTION, "NameID");
    return name == null || name.getAttribute("Format").equals(TRANSIENT)
        ? null
        : ResponseShape.text(name);
  }

  private static String context(Element authentication) {
    Element context = SafeXml.only(authentication, ASSERTION, "AuthnContext");
    Element type =
        context == null ? null : SafeXml.only(context, ASSERTION, "AuthnContextClassRef");
    return type == null ? "" : ResponseShape.text(type);
  }

  /// By name; those that hold more than text are left out.
  private static Map<String, List<String>> attributes(Element assertion) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    int values = 0;
    for (Element statement : SafeXml.children(assertion, ASSERTION, "AttributeStatement")) {
      for (Element one : SafeXml.children(statement, ASSERTION, "Attribute")) {
        for (Element value : SafeXml.children(one, ASSERTION, "AttributeValue")) {
          if (SafeXml.children(value).isEmpty() && values++ < MOST_VALUES) {
            found
                .computeIfAbsent(one.getAttribute("Name"), _ -> new ArrayList<>())
                .add(ResponseShape.text(value));
          }
        }
      }
    }
    return found;
  }
}
