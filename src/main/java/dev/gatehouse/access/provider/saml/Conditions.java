package dev.gatehouse.access.provider.saml;

import static dev.gatehouse.access.provider.saml.RefusedAnswer.unless;
import static dev.gatehouse.access.provider.saml.SafeXml.ASSERTION;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.w3c.dom.Element;

/// Who an answer is from, whom it is for, when, and to which question. Stricter than the library:
/// what may be left out by the standard, and would leave a hole here, must be there.
record Conditions(ResponseCheck.Expected expected, Instant now) {
  /// How far clocks may be apart.
  private static final Duration SKEW = Duration.ofMinutes(1);

  /// How old an answer may be: nobody is on the way longer.
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  private static final String SAYS_FORMAT = "Format";
  private static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

  /// Refuses what is not for this server, now, and to this question.
  void require(Element response, Element assertion) {
    unless(response.hasAttribute("InResponseTo"), Refusal.UNSOLICITED);
    unless(response.getAttribute("InResponseTo").equals(expected.request()), Refusal.UNSOLICITED);
    unless(
        response.getAttribute("Destination").equals(expected.us().answers()), Refusal.DESTINATION);
    requireIssuers(response, assertion);
    requireAge(assertion);
    requireConditions(assertion);
    requireConfirmation(assertion);
    requireStatement(assertion);
  }

  private void requireIssuers(Element response, Element assertion) {
    List<Element> outer = SafeXml.children(response, ASSERTION, "Issuer");
    List<Element> inner = SafeXml.children(assertion, ASSERTION, "Issuer");
    unless(outer.size() <= 1 && inner.size() == 1, Refusal.ISSUER);
    outer.forEach(this::requireIssuer);
    inner.forEach(this::requireIssuer);
  }

  private void requireIssuer(Element issuer) {
    String format = issuer.getAttribute(SAYS_FORMAT);
    unless(format.isEmpty() || format.equals(ENTITY), Refusal.ISSUER);
    unless(ResponseShape.text(issuer).equals(expected.issuer()), Refusal.ISSUER);
  }

  private void requireAge(Element assertion) {
    Instant issued = instant(assertion, "IssueInstant");
    unless(!issued.isAfter(now.plus(SKEW)), Refusal.TIME);
    unless(issued.isAfter(now.minus(OLDEST)), Refusal.TIME);
  }

  private void requireConditions(Element assertion) {
    Element conditions = required(assertion, "Conditions");
    requireNow(conditions);
    List<Element> restrictions = SafeXml.children(conditions, ASSERTION, "AudienceRestriction");
    unless(!restrictions.isEmpty(), Refusal.AUDIENCE);
    // Each narrows it further.
    unless(restrictions.stream().allMatch(this::meansUs), Refusal.AUDIENCE);
  }

  private boolean meansUs(Element restriction) {
    return SafeXml.children(restriction, ASSERTION, "Audience").stream()
        .anyMatch(one -> ResponseShape.text(one).equals(expected.us().entityId()));
  }

  private void requireConfirmation(Element assertion) {
    Element subject = required(assertion, "Subject");
    List<Element> bearers =
        SafeXml.children(subject, ASSERTION, "SubjectConfirmation").stream()
            .filter(one -> one.getAttribute("Method").equals(BEARER))
            .toList();
    unless(bearers.size() == 1, Refusal.SHAPE);
    Element data = required(bearers.getFirst(), "SubjectConfirmationData");
    unless(data.getAttribute("Recipient").equals(expected.us().answers()), Refusal.DESTINATION);
    unless(data.getAttribute("InResponseTo").equals(expected.request()), Refusal.UNSOLICITED);
    unless(data.hasAttribute("NotOnOrAfter"), Refusal.TIME);
    requireNow(data);
  }

  /// That they have signed in there, and that this is not over.
  private void requireStatement(Element assertion) {
    Element statement = required(assertion, "AuthnStatement");
    if (statement.hasAttribute("SessionNotOnOrAfter")) {
      unless(now.isBefore(instant(statement, "SessionNotOnOrAfter").plus(SKEW)), Refusal.TIME);
    }
  }

  private void requireNow(Element element) {
    if (element.hasAttribute("NotBefore")) {
      unless(!now.isBefore(instant(element, "NotBefore").minus(SKEW)), Refusal.TIME);
    }
    if (element.hasAttribute("NotOnOrAfter")) {
      unless(now.isBefore(instant(element, "NotOnOrAfter").plus(SKEW)), Refusal.TIME);
    }
  }

  private static Instant instant(Element element, String attribute) {
    try {
      return OffsetDateTime.parse(element.getAttribute(attribute)).toInstant();
    } catch (DateTimeException _) {
      throw new RefusedAnswer(Refusal.TIME);
    }
  }

  private static Element required(Element parent, String name) {
    Element found = SafeXml.only(parent, ASSERTION, name);
    unless(found != null, Refusal.SHAPE);
    return Objects.requireNonNull(found);
  }

  /// How long an assertion that was believed once could be believed again.
  static Instant end(Element assertion) {
    return instant(assertion, "IssueInstant").plus(OLDEST).plus(SKEW);
  }
}
