package dev.gatehouse.access.provider.saml;

import static dev.gatehouse.access.provider.saml.RefusedAnswer.unless;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.codelibs.saml2.core.authn.SamlResponse;
import org.codelibs.saml2.core.settings.Saml2Settings;
import org.codelibs.saml2.core.settings.SettingsBuilder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Believes an answer, or says why not. Three look at it, and each must agree: [SafeXml] and
/// [ResponseShape] say that it can be understood in one way alone, the library checks the signature
/// and the rules of the standard, [Conditions] whom it is for, when, and to which question. What is
/// read in the end is the element of the very document that the library has checked.
public final class ResponseCheck {
  /// The largest answer that is read, in bytes.
  public static final int LARGEST = 256 << 10;

  /// What checks signatures says of each that is wrong, on the standard error, what a stranger has
  /// sent. Held here, so that it stays silent.
  private static final Logger SILENT = Logger.getLogger("org.apache.xml.security");

  private final Clock clock;

  /// By `clock`.
  public ResponseCheck(Clock clock) {
    this.clock = clock;
    SILENT.setLevel(Level.OFF);
  }

  /// Whose answer is expected, to which question.
  ///
  /// @param issuer the provider's entity ID
  public record Expected(
      String issuer, SamlSettings settings, ServiceProvider us, String request) {}

  /// The document that the library reads, which it shows to its heirs alone.
  private static final class Read extends SamlResponse {
    Read(Saml2Settings settings, String answers, String response) {
      super(settings, answers, response);
    }

    Document document() {
      return getSAMLResponseDocument();
    }
  }

  /// What `response` proves, which is in base64, as a form holds it.
  public Statement prove(String response, Expected expected) {
    unless(response.length() <= LARGEST / 3 * 4 + 4_000, Refusal.SIZE);
    byte[] bytes = decoded(response);
    unless(bytes.length <= LARGEST, Refusal.SIZE);
    Document first = SafeXml.parse(bytes);
    if (first == null) {
      throw new RefusedAnswer(Refusal.DOCUMENT);
    }
    // Before the library sees it, and of what it has read of it itself.
    var conditions = new Conditions(expected, clock.instant());
    conditions.require(first.getDocumentElement(), ResponseShape.assertion(first));
    Element assertion = checked(bytes, expected);
    conditions.require(assertion.getOwnerDocument().getDocumentElement(), assertion);
    return StatementReader.read(assertion, expected.settings);
  }

  private static byte[] decoded(String response) {
    try {
      return Base64.getDecoder().decode(response.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw new RefusedAnswer(Refusal.DOCUMENT);
    }
  }

  private static Element checked(byte[] bytes, Expected expected) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // It takes UTF-8 for granted: another encoding is another document to it.
    unless(Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8)), Refusal.DOCUMENT);
    try {
      var read =
          new Read(
              settings(expected), expected.us.answers(), Base64.getEncoder().encodeToString(bytes));
      Element assertion = ResponseShape.assertion(read.document());
      unless(read.isValid(expected.request), Refusal.PROOF);
      return assertion;
    } catch (RefusedAnswer refused) {
      throw refused;
    } catch (RuntimeException _) {
      // Whatever a stranger's document makes of the library, it proves nothing.
      throw new RefusedAnswer(Refusal.PROOF);
    }
  }

  private static Saml2Settings settings(Expected expected) {
    Saml2Settings settings =
        new SettingsBuilder()
            .fromValues(
                Map.of(
                    SettingsBuilder.STRICT_PROPERTY_KEY, true,
                    SettingsBuilder.SP_ENTITYID_PROPERTY_KEY, expected.us.entityId(),
                    SettingsBuilder.SP_ASSERTION_CONSUMER_SERVICE_URL_PROPERTY_KEY,
                        expected.us.answers(),
                    SettingsBuilder.IDP_ENTITYID_PROPERTY_KEY, expected.issuer,
                    SettingsBuilder.IDP_SINGLE_SIGN_ON_SERVICE_URL_PROPERTY_KEY,
                        expected.settings.signOn()))
            .build();
    settings.setStrict(true);
    settings.setIdpx509certMulti(expected.settings.keys());
    settings.setWantAssertionsSigned(true);
    settings.setWantXMLValidation(true);
    settings.setRejectDeprecatedAlg(true);
    settings.setRejectUnsolicitedResponsesWithInResponseTo(true);
    settings.setWantNameId(false);
    settings.setAllowRepeatAttributeName(true);
    return settings;
  }
}
