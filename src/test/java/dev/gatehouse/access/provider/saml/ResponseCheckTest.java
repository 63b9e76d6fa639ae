package dev.gatehouse.access.provider.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testing.SamlAnswer;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingSamlIdp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which answers of a SAML provider are believed. Every document is signed here, and then made what
/// an attacker makes of it.
final class ResponseCheckTest {
  private static final String ISSUER = "https://idp.example.test/metadata";
  private static final String ANSWERS = "https://npm.example.test/sign-in/provider/saml";
  private static final ServiceProvider US =
      new ServiceProvider("https://npm.example.test/sign-in/provider/saml/default", ANSWERS);
  private static final TestingSamlIdp IDP = TestingSamlIdp.create();
  private static final TestingSamlIdp OTHER = TestingSamlIdp.create();
  private static final String SHA_1 = "http://www.w3.org/2000/09/xmldsig#sha1";

  private final TestingClock clock = TestingClock.at(Instant.now());
  private final SamlAnswer honest =
      new SamlAnswer(
              ISSUER,
              ANSWERS,
              US.entityId(),
              "_question",
              clock.instant(),
              "",
              Map.of("uid", List.of("una"), "groups", List.of("npm-users", "others")))
          .by("una-1");

  private Statement prove(String xml) {
    return prove(xml, List.of(IDP.base64()), "");
  }

  private Statement prove(String xml, List<String> certificates, String subject) {
    var settings = new SamlSettings("https://idp.example.test/sso", certificates, subject);
    return new ResponseCheck(clock)
        .prove(
            TestingSamlIdp.encoded(xml),
            new ResponseCheck.Expected(ISSUER, settings, US, "_question"));
  }

  private Refusal refusal(String xml) {
    var refused = catchThrowableOfType(RefusedAnswer.class, () -> prove(xml));
    assertThat(refused).as("refused").isNotNull();
    return refused.refusal();
  }

  private String signed() {
    return IDP.sign(honest.xml(), "_assertion");
  }

  private static String assertionOf(String xml) {
    return xml.substring(
        xml.indexOf("<saml:Assertion"),
        xml.indexOf("</saml:Assertion>") + "</saml:Assertion>".length());
  }

  private static String signatureOf(String xml) {
    return xml.substring(
        xml.indexOf("<ds:Signature "), xml.indexOf("</ds:Signature>") + "</ds:Signature>".length());
  }

  /// An assertion of the attacker's, of the same form, not signed.
  private static String evil(String assertion) {
    return assertion
        .replace(signatureOf(assertion), "")
        .replace("ID=\"_assertion\"", "ID=\"_evil\"")
        .replace("una-1", "ada-1");
  }

  @Test
  void believesWhatIsSignedAndForThisQuestion() {
    Statement proven = prove(signed());
    assertThat(proven.subject()).isEqualTo("una-1");
    assertThat(proven.id()).isEqualTo("_assertion");
    assertThat(proven.session()).isEqualTo("_session");
    assertThat(proven.manyFactors()).isFalse();
    assertThat(proven.attributes())
        .containsEntry("uid", List.of("una"))
        .containsEntry("groups", List.of("npm-users", "others"));
    assertThat(proven.ends()).isAfter(clock.instant().plus(Duration.ofMinutes(6)));
  }

  @Test
  void believesASignatureOfTheResponseBesides() {
    assertThat(prove(IDP.sign(signed(), "_response")).subject()).isEqualTo("una-1");
  }

  @Test
  void refusesWhereTheResponseAloneIsSigned() {
    assertThat(refusal(IDP.sign(honest.xml(), "_response"))).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void refusesWhatNobodyHasSigned() {
    assertThat(refusal(honest.xml())).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void refusesTheKeyThatTheDocumentBringsAlong() {
    assertThat(refusal(OTHER.sign(honest.xml(), "_assertion"))).isEqualTo(Refusal.PROOF);
  }

  @Test
  void believesEachOfSeveralCertificates() {
    String xml = OTHER.sign(honest.xml(), "_assertion");
    assertThat(prove(xml, List.of(IDP.base64(), OTHER.base64()), "").subject()).isEqualTo("una-1");
  }

  @Test
  void refusesWhatWasChangedAfterItWasSigned() {
    assertThat(refusal(signed().replace("una-1", "ada-1"))).isEqualTo(Refusal.PROOF);
    assertThat(refusal(signed().replace("npm-users", "npm-admins"))).isEqualTo(Refusal.PROOF);
  }

  @Test
  void refusesAResponseWhoseOwnSignatureIsWrongThoughTheAssertionsIsRight() {
    String both =
        IDP.sign(signed(), "_response")
            .replace("ID=\"_response\" ", "ID=\"_response\" Consent=\"urn:x\" ");
    assertThat(refusal(both)).isEqualTo(Refusal.PROOF);
  }

  @Test
  void refusesAnAssertionBesideTheSignedOne() {
    String xml = signed();
    String assertion = assertionOf(xml);
    assertThat(refusal(xml.replace(assertion, evil(assertion) + assertion)))
        .isEqualTo(Refusal.SHAPE);
    assertThat(refusal(xml.replace(assertion, assertion + evil(assertion))))
        .isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesWhatIsCalledAnAssertionInAnotherNamespace() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String other = "<x:Assertion xmlns:x=\"urn:x\" ID=\"_x\"/>";
    assertThat(refusal(xml.replace(assertion, assertion + other))).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesAKeyThatIsToBeFetchedFromSomewhere() {
    String fetched =
        signed()
            .replaceFirst(
                "<ds:KeyInfo>(?s:.*)</ds:KeyInfo>",
                "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1:1/key\"/></ds:KeyInfo>");
    assertThat(refusal(fetched)).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void believesASignatureThatBringsNoKeyAlong() {
    // What is said of the key is not signed.
    String bare = signed().replaceFirst("<ds:KeyInfo>(?s:.*)</ds:KeyInfo>", "");
    assertThat(bare).doesNotContain("KeyInfo");
    assertThat(prove(bare).subject()).isEqualTo("una-1");
  }

  @Test
  void refusesTheSignedAssertionInsideAnotherOne() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String wrapped = evil(assertion).replace("</saml:Subject>", "</saml:Subject>" + assertion);
    assertThat(refusal(xml.replace(assertion, wrapped))).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesTheSignedAssertionInAnObjectOfASignature() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String signature = signatureOf(assertion);
    String bare = assertion.replace(signature, "");
    String moved =
        signature.replace("</ds:Signature>", "<ds:Object>" + bare + "</ds:Object></ds:Signature>");
    String wrapped = evil(assertion).replace("<saml:Subject>", moved + "<saml:Subject>");
    assertThat(refusal(xml.replace(assertion, wrapped))).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesTheSignedAssertionInTheExtensionsOfTheResponse() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String extensions = "<samlp:Extensions>" + assertion + "</samlp:Extensions>";
    String wrapped =
        xml.replace(assertion, evil(assertion))
            .replace(
                "</saml:Issuer><samlp:Status>", "</saml:Issuer>" + extensions + "<samlp:Status>");
    assertThat(refusal(wrapped)).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesTheSignedResponseInsideAnotherOne() {
    String xml = IDP.sign(signed(), "_response");
    String evil =
        honest
            .xml()
            .replace("_response", "_evil-response")
            .replace("_assertion", "_evil")
            .replace("una-1", "ada-1")
            .replace(
                "<samlp:Status>", "<samlp:Extensions>" + xml + "</samlp:Extensions><samlp:Status>");
    assertThat(refusal(evil)).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesASignatureOverAnotherElementThanItsOwn() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String stolen =
        evil(assertion).replace("<saml:Subject>", signatureOf(assertion) + "<saml:Subject>");
    assertThat(refusal(xml.replace(assertion, stolen))).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesTwoElementsWithOneName() {
    String xml = signed();
    String assertion = assertionOf(xml);
    String twin = evil(assertion).replace("_evil", "_assertion");
    assertThat(refusal(xml.replace(assertion, twin + assertion))).isEqualTo(Refusal.SHAPE);
    String attribute = xml.replace("ID=\"_response\"", "ID=\"_assertion\"");
    assertThat(refusal(attribute)).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesASecondSignatureOrReference() {
    String xml = signed();
    String signature = signatureOf(xml);
    assertThat(refusal(xml.replace(signature, signature + signature))).isEqualTo(Refusal.SHAPE);
    String reference =
        xml.substring(
            xml.indexOf("<ds:Reference"),
            xml.indexOf("</ds:Reference>") + "</ds:Reference>".length());
    assertThat(refusal(xml.replace(reference, reference + reference))).isEqualTo(Refusal.SHAPE);
    assertThat(refusal(xml.replace("URI=\"#_assertion\"", "URI=\"\""))).isEqualTo(Refusal.SHAPE);
  }

  @Test
  void refusesSha1() {
    var digest =
        new TestingSamlIdp.Algorithms(
            TestingSamlIdp.USUAL.signature(), SHA_1, TestingSamlIdp.USUAL.canonical());
    assertThat(refusal(IDP.sign(honest.xml(), "_assertion", digest))).isEqualTo(Refusal.ALGORITHM);
    var signature =
        new TestingSamlIdp.Algorithms(
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            TestingSamlIdp.USUAL.digest(),
            TestingSamlIdp.USUAL.canonical());
    assertThat(refusal(IDP.sign(honest.xml(), "_assertion", signature)))
        .isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void refusesACanonicalFormInWhichCommentsCount() {
    var comments =
        new TestingSamlIdp.Algorithms(
            TestingSamlIdp.USUAL.signature(),
            TestingSamlIdp.USUAL.digest(),
            "http://www.w3.org/2001/10/xml-exc-c14n#WithComments");
    assertThat(refusal(IDP.sign(honest.xml(), "_assertion", comments)))
        .isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void refusesTransformsThatChooseWhatIsSigned() {
    String chosen =
        signed()
            .replace(
                "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
                    + "<ds:XPath>true()</ds:XPath></ds:Transform>");
    assertThat(refusal(chosen)).isEqualTo(Refusal.ALGORITHM);
  }

  @Test
  void refusesACommentThatCutsANameInTwo() {
    String named = IDP.sign(honest.by("ada-1.evil").xml(), "_assertion");
    String cut = named.replace("ada-1.evil", "ada-1<!-- -->.evil");
    assertThat(refusal(cut)).isEqualTo(Refusal.DOCUMENT);
    assertThat(refusal(named.replace("ada-1.evil", "ada-1<?x y?>.evil")))
        .isEqualTo(Refusal.DOCUMENT);
    assertThat(prove(named.replace("ada-1.evil", "ada-1<![CDATA[.evil]]>")).subject())
        .isEqualTo("ada-1.evil");
  }

  @Test
  void refusesDocumentTypesWithWhateverTheyHold() {
    String outside =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + signed().replace("una-1", "&e;");
    assertThat(refusal(outside)).isEqualTo(Refusal.DOCUMENT);
    String parameter =
        "<!DOCTYPE x [<!ENTITY % e SYSTEM \"http://127.0.0.1:1/e\"> %e;]>" + signed();
    assertThat(refusal(parameter)).isEqualTo(Refusal.DOCUMENT);
    var laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int at = 1; at < 30; at++) {
      laughs.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;\">".formatted(at, at - 1, at - 1, at - 1));
    }
    assertThat(refusal(laughs + "]>" + signed().replace("una-1", "&a29;")))
        .isEqualTo(Refusal.DOCUMENT);
    assertThat(refusal("<!DOCTYPE x>" + signed())).isEqualTo(Refusal.DOCUMENT);
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeepOrNoDocumentAtAll() {
    String padded = honest.with(Map.of("x", List.of("y".repeat(ResponseCheck.LARGEST)))).xml();
    assertThat(refusal(IDP.sign(padded, "_assertion"))).isEqualTo(Refusal.SIZE);
    assertThat(refusal("<a>".repeat(20_000) + "</a>".repeat(20_000))).isEqualTo(Refusal.DOCUMENT);
    assertThat(refusal("")).isEqualTo(Refusal.DOCUMENT);
    assertThat(refusal("{}")).isEqualTo(Refusal.DOCUMENT);
    assertThat(refusal("<a/>")).isEqualTo(Refusal.SHAPE);
    var expected =
        new ResponseCheck.Expected(
            ISSUER, new SamlSettings("https://x.test", List.of(IDP.base64()), ""), US, "_question");
    String utf16 =
        Base64.getEncoder()
            .encodeToString(
                ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + signed())
                    .getBytes(StandardCharsets.UTF_16));
    for (String text : List.of("?", "=", "é", utf16)) {
      var refused =
          catchThrowableOfType(
              RefusedAnswer.class, () -> new ResponseCheck(clock).prove(text, expected));
      assertThat(refused.refusal()).as(text).isEqualTo(Refusal.DOCUMENT);
    }
  }

  @Test
  void refusesWhatIsSignedButForSomebodyElse() {
    record Case(String from, String to, Refusal refusal) {}
    for (Case one :
        List.of(
            new Case(">" + ISSUER + "<", ">https://idp.example.test/other<", Refusal.ISSUER),
            new Case("<saml:Issuer>", "<saml:Issuer Format=\"urn:x\">", Refusal.ISSUER),
            new Case(US.entityId() + "<", "https://npm.example.test/<", Refusal.AUDIENCE),
            new Case(US.entityId() + "<", US.entityId() + "/more<", Refusal.AUDIENCE),
            new Case(
                "<saml:AudienceRestriction><saml:Audience>"
                    + US.entityId()
                    + "</saml:Audience></saml:AudienceRestriction>",
                "",
                Refusal.AUDIENCE),
            new Case(
                "Recipient=\"" + ANSWERS, "Recipient=\"https://evil.test", Refusal.DESTINATION),
            new Case("Recipient=\"" + ANSWERS + "\"", "", Refusal.DESTINATION),
            new Case(
                "Destination=\"" + ANSWERS, "Destination=\"https://evil.test", Refusal.DESTINATION),
            new Case("Destination=\"" + ANSWERS + "\"", "", Refusal.DESTINATION),
            new Case("cm:bearer", "cm:sender-vouches", Refusal.SHAPE),
            new Case("InResponseTo=\"_question\"", "InResponseTo=\"_other\"", Refusal.UNSOLICITED),
            new Case("InResponseTo=\"_question\"", "", Refusal.UNSOLICITED),
            new Case("status:Success", "status:Requester", Refusal.STATUS),
            new Case("2.0\" IssueInstant", "1.1\" IssueInstant", Refusal.PROOF))) {
      String xml = honest.xml().replace(one.from, one.to);
      assertThat(xml).as(one.from).isNotEqualTo(honest.xml());
      assertThat(refusal(IDP.sign(xml, "_assertion"))).as(one.from).isEqualTo(one.refusal);
    }
  }

  @Test
  void refusesAnAnswerToAnotherQuestionInsideAResponseToThisOne() {
    String signed = IDP.sign(honest.to("_other").xml(), "_assertion");
    String moved = signed.replaceFirst("InResponseTo=\"_other\"", "InResponseTo=\"_question\"");
    assertThat(refusal(moved)).isEqualTo(Refusal.UNSOLICITED);
  }

  @ParameterizedTest
  @ValueSource(longs = {-700, -420, 70, 100_000})
  void refusesWhatIsTooOldOrFromTheFuture(long seconds) {
    Instant then = clock.instant().plusSeconds(seconds);
    assertThat(refusal(IDP.sign(honest.at(then).xml(), "_assertion"))).isEqualTo(Refusal.TIME);
  }

  @Test
  void refusesWhatIsTenMinutesOldHoweverLongItSaysThatItHolds() {
    Instant then = clock.instant().minus(Duration.ofMinutes(11));
    String lasting =
        honest
            .at(then)
            .xml()
            .replaceAll(
                "NotOnOrAfter=\"[^\"]+\"",
                "NotOnOrAfter=\"" + clock.instant().plus(Duration.ofHours(1)) + "\"");
    assertThat(refusal(IDP.sign(lasting, "_assertion"))).isEqualTo(Refusal.TIME);
  }

  @ParameterizedTest
  @ValueSource(longs = {-340, -60, 50})
  void letsClocksBeAMinuteApart(long seconds) {
    Instant then = clock.instant().plusSeconds(seconds);
    assertThat(prove(IDP.sign(honest.at(then).xml(), "_assertion")).subject()).isEqualTo("una-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SubjectConfirmationData NotOnOrAfter=\"",
        "Conditions NotBefore=\"",
        "Version=\"2.0\" IssueInstant=\""
      })
  void refusesATimeThatIsMissingOrNone(String attribute) {
    String xml = honest.xml();
    int at = xml.lastIndexOf(attribute) + attribute.length();
    String broken = xml.substring(0, at) + "then" + xml.substring(xml.indexOf('"', at));
    assertThat(refusal(IDP.sign(broken, "_assertion"))).isEqualTo(Refusal.TIME);
  }

  @Test
  void refusesASessionThatIsOverThere() {
    String over =
        honest
            .xml()
            .replace(
                "SessionIndex",
                "SessionNotOnOrAfter=\"" + clock.instant().minusSeconds(61) + "\" SessionIndex");
    assertThat(refusal(IDP.sign(over, "_assertion"))).isEqualTo(Refusal.TIME);
  }

  @Test
  void refusesWhatIsEncrypted() {
    String sealed =
        honest.xml().replaceAll("<saml:Assertion.*</saml:Assertion>", "<saml:EncryptedAssertion/>");
    assertThat(refusal(sealed)).isEqualTo(Refusal.ENCRYPTED);
  }

  @Test
  void refusesANameThatIsAnotherEachTimeOrNone() {
    String passing =
        "<saml:NameID"
            + " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\">x</saml:NameID>";
    assertThat(refusal(IDP.sign(honest.named(passing).xml(), "_assertion")))
        .isEqualTo(Refusal.SUBJECT);
    assertThat(refusal(IDP.sign(honest.named("").xml(), "_assertion"))).isEqualTo(Refusal.SUBJECT);
    assertThat(refusal(IDP.sign(honest.by("x".repeat(256)).xml(), "_assertion")))
        .isEqualTo(Refusal.SUBJECT);
    assertThat(refusal(IDP.sign(honest.by(" ").xml(), "_assertion"))).isEqualTo(Refusal.SUBJECT);
  }

  @Test
  void takesAnAttributeForTheSubjectIfTheSettingsSaySo() {
    String xml = signed();
    List<String> own = List.of(IDP.base64());
    assertThat(prove(xml, own, "uid").subject()).isEqualTo("una");
    for (String attribute : List.of("groups", "missing")) {
      var refused = catchThrowableOfType(RefusedAnswer.class, () -> prove(xml, own, attribute));
      assertThat(refused.refusal()).as(attribute).isEqualTo(Refusal.SUBJECT);
    }
  }

  @Test
  void saysWhetherTheProviderAskedForSeveralFactors() {
    String several =
        honest
            .xml()
            .replace(
                "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
                "https://refeds.org/profile/mfa");
    assertThat(prove(IDP.sign(several, "_assertion")).manyFactors()).isTrue();
  }

  @Test
  void knowsEachReasonByItsWord() {
    for (Refusal one : Refusal.values()) {
      assertThat(Refusal.of(one.word())).isEqualTo(one);
      assertThat(one.sentence()).doesNotEndWith(".").isNotBlank();
    }
    assertThat(Refusal.of("saml_")).isNull();
    assertThat(Refusal.of(null)).isNull();
  }
}
