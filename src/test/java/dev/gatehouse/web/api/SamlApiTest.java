package dev.gatehouse.web.api;

import static dev.gatehouse.web.api.ProviderStage.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingProvider;
import dev.gatehouse.testing.TestingReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The settings of a provider that speaks SAML: `provider`.
@OnBothDatabases
final class SamlApiTest {
  private static final String METADATA =
      """
      <?xml version="1.0"?>
      <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"
          xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example.test/meta">
        <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
          <md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data>
            <ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
          </md:KeyDescriptor>
          <md:KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
            %s
          </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
          <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
            Location="https://idp.example.test/post"/>
          <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
            Location="https://idp.example.test/redirect"/>
        </md:IDPSSODescriptor>
      </md:EntityDescriptor>
      """
          .formatted(SamlStage.IDP.base64());

  @AutoClose private final SamlStage stage;

  SamlApiTest(Dialect dialect) {
    stage = SamlStage.open(dialect);
  }

  private void refused(Map<String, Object> change, String sentence) {
    TestingReply reply = stage.set(change);
    assertThat(reply.status()).as(change.toString()).isEqualTo(400);
    assertThat(detail(reply)).as(change.toString()).contains(sentence);
  }

  private void refusedPart(Map<String, Object> change, String sentence) {
    Map<String, Object> part = new HashMap<>();
    part.put("signOn", SamlStage.SIGN_ON);
    part.put("certificates", SamlStage.IDP.pem());
    part.putAll(change);
    refused(Map.of("saml", part), sentence);
  }

  @Test
  void showsWhatIsSetAndWhatTheProviderMustKnow() {
    TestingReply shown = stage.owner().get("provider");
    assertThat(shown.json().at("/saml/entityId").asText())
        .isEqualTo(SamlStage.ANSWERS + "/default");
    assertThat(shown.json().at("/saml/answers").asText()).isEqualTo(SamlStage.ANSWERS);
    assertThat(shown.json().at("/saml/metadata").asText())
        .isEqualTo(SamlStage.ANSWERS + "/default");
    assertThat(shown.json().at("/settings/issuer").asText()).isEqualTo(SamlStage.ISSUER);
    assertThat(shown.json().at("/settings/saml/signOn").asText()).isEqualTo(SamlStage.SIGN_ON);
    assertThat(shown.json().at("/settings/saml/certificates").asText())
        .isEqualTo(SamlStage.IDP.pem());
    assertThat(shown.json().at("/settings/secret").asBoolean()).isFalse();
    assertThat(stage.trail()).contains("provider.set");
  }

  @Test
  void readsTheMetadataThatAnOwnerHasPasted() {
    TestingReply set = stage.set(Map.of("saml", Map.of("metadata", METADATA, "subject", "uid")));
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    assertThat(set.json().at("/settings/issuer").asText())
        .isEqualTo("https://idp.example.test/meta");
    assertThat(set.json().at("/settings/saml/signOn").asText())
        .isEqualTo("https://idp.example.test/redirect");
    assertThat(set.json().at("/settings/saml/certificates").asText())
        .isEqualTo(SamlStage.IDP.pem());
    assertThat(set.json().at("/settings/saml/subject").asText()).isEqualTo("uid");
  }

  @Test
  void refusesMetadataThatAreNone() {
    String type = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
    for (String text :
        List.of(
            "x",
            "<a/>",
            METADATA.replaceFirst("<\\?xml.*\\?>", type).replace("/meta\"", "/&e;\""),
            METADATA.replace("IDPSSODescriptor", "SPSSODescriptor"))) {
      refused(Map.of("saml", Map.of("metadata", text)), "no XML of one provider");
    }
    refused(
        Map.of("saml", Map.of("metadata", METADATA.replace("HTTP-Redirect", "SOAP"))),
        "HTTP-Redirect");
    refused(
        Map.of("saml", Map.of("metadata", METADATA.replace(SamlStage.IDP.base64(), "AAAA"))),
        "cannot be read");
    refused(
        Map.of("saml", Map.of("metadata", METADATA.replace("entityID", "entity"))), "\"issuer\"");
  }

  @Test
  void refusesSettingsThatCannotWork() {
    refusedPart(Map.of("signOn", "http://idp.example.test"), "https://");
    refusedPart(Map.of("signOn", "javascript:alert(1)"), "https://");
    refusedPart(Map.of("signOn", ""), "https://");
    refusedPart(Map.of("signOn", "https://a:b@idp.example.test/"), "https://");
    refusedPart(Map.of("certificates", ""), "one to five");
    refusedPart(Map.of("certificates", SamlStage.IDP.pem().repeat(6)), "one to five");
    refusedPart(Map.of("certificates", "x" + SamlStage.IDP.pem()), "PEM");
    refusedPart(Map.of("certificates", SamlStage.IDP.base64()), "PEM");
    refusedPart(
        Map.of("certificates", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
        "cannot be read");
    refusedPart(Map.of("subject", "a b"), "attribute's name");
    refusedPart(Map.of("other", "x"), "has the members");
    refusedPart(Map.of("signOn", 1), "signOn");
    refused(Map.of("saml", "x"), "an object");
    refused(Map.of("issuer", " "), "\"issuer\"");
    refused(Map.of("clientId", "a\nb"), "\"clientId\"");
  }

  @Test
  void isForOwnersOfTheWorkspaceAlone() {
    Api admin = stage.page().session("adam", Role.ADMIN);
    assertThat(admin.put("provider", SamlStage.settings(Map.of())).status()).isEqualTo(403);
    assertThat(admin.get("provider").status()).isEqualTo(403);
    Api stranger = Api.of(stage.server(), "other", "otto", Role.OWNER);
    assertThat(stranger.get("provider").json().path("settings").isNull()).isTrue();
    assertThat(stranger.get("provider").json().at("/saml/entityId").asText()).endsWith("/other");
  }

  @Test
  void endsTheSessionsAndForgetsTheSecretWhenAnOpenIdProviderBecomesOneOfSaml() {
    try (TestingProvider openId = TestingProvider.start()) {
      Map<String, Object> settings = new HashMap<>();
      settings.put("saml", null);
      settings.put("issuer", openId.issuer());
      settings.put("clientId", TestingProvider.CLIENT);
      settings.put("secret", TestingProvider.SECRET);
      Api una = stage.as(stage.signIn("u-1", "una", "npm-users"));
      assertThat(stage.set(settings).status()).isEqualTo(200);
      assertThat(una.get("me").status()).isEqualTo(401);
      TestingReply shown = stage.owner().get("provider");
      assertThat(shown.json().at("/settings/saml").isNull()).isTrue();
      assertThat(shown.json().at("/settings/secret").asBoolean()).isTrue();
      stage.set(Map.of("issuer", openId.issuer(), "clientId", TestingProvider.CLIENT));
      TestingReply again = stage.owner().get("provider");
      assertThat(again.json().at("/settings/saml/signOn").asText()).isEqualTo(SamlStage.SIGN_ON);
      assertThat(again.json().at("/settings/secret").asBoolean()).isFalse();
    }
  }
}
