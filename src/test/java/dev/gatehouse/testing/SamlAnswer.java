package dev.gatehouse.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a SAML provider answers, before it is signed. Each `with…` tells another one.
///
/// @param nameId as XML
public record SamlAnswer(
    String issuer,
    String answers,
    String audience,
    String request,
    Instant now,
    String nameId,
    Map<String, List<String>> attributes) {
  private static final String NAMESPACES =
      "xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
          + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"";

  /// Of somebody whom the provider calls `subject` for good.
  public SamlAnswer by(String subject) {
    return named(
        "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">"
            + subject
            + "</saml:NameID>");
  }

  /// With that NameID, as XML.
  public SamlAnswer named(String xml) {
    return new SamlAnswer(issuer, answers, audience, request, now, xml, attributes);
  }

  /// With those attributes.
  public SamlAnswer with(Map<String, List<String>> others) {
    return new SamlAnswer(issuer, answers, audience, request, now, nameId, others);
  }

  /// To that question.
  public SamlAnswer to(String question) {
    return new SamlAnswer(issuer, answers, audience, question, now, nameId, attributes);
  }

  /// At that time.
  public SamlAnswer at(Instant instant) {
    return new SamlAnswer(issuer, answers, audience, request, instant, nameId, attributes);
  }

  /// The response, whose `ID` is `_response`, with the assertion `_assertion`.
  public String xml() {
    return xml("_assertion");
  }

  /// The response with an assertion that is called otherwise each time.
  public String fresh(TestingSamlIdp idp) {
    String id = "_" + UUID.randomUUID();
    return TestingSamlIdp.encoded(idp.sign(xml(id), id));
  }

  private String xml(String id) {
    return """
    <samlp:Response %s ID="_response" Version="2.0" IssueInstant="%s" Destination="%s" InResponseTo="%s">\
    <saml:Issuer>%s</saml:Issuer>\
    <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>\
    %s</samlp:Response>\
    """
        .formatted(NAMESPACES, time(0), answers, request, issuer, assertion(id));
  }

  private String assertion(String id) {
    return """
    <saml:Assertion ID="%s" Version="2.0" IssueInstant="%s"><saml:Issuer>%s</saml:Issuer>\
    <saml:Subject>%s<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
    <saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s" InResponseTo="%s"/>\
    </saml:SubjectConfirmation></saml:Subject>\
    <saml:Conditions NotBefore="%s" NotOnOrAfter="%s"><saml:AudienceRestriction>\
    <saml:Audience>%s</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
    <saml:AuthnStatement AuthnInstant="%s" SessionIndex="_session"><saml:AuthnContext>\
    <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>\
    </saml:AuthnContext></saml:AuthnStatement>%s</saml:Assertion>\
    """
        .formatted(
            id,
            time(0),
            issuer,
            nameId,
            time(5),
            answers,
            request,
            time(0),
            time(5),
            audience,
            time(0),
            attributeStatement());
  }

  private String attributeStatement() {
    if (attributes.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("<saml:AttributeStatement>");
    attributes.forEach((name, values) -> {
      text.append("<saml:Attribute Name=\"").append(name).append("\">");
      values.forEach(
          one -> text.append("<saml:AttributeValue>").append(one).append("</saml:AttributeValue>"));
      text.append("</saml:Attribute>");
    });
    return text.append("</saml:AttributeStatement>").toString();
  }

  private String time(int minutes) {
    return now.truncatedTo(ChronoUnit.SECONDS).plus(minutes, ChronoUnit.MINUTES).toString();
  }
}
