package dev.gatehouse.web.api.provider;

import dev.gatehouse.access.provider.saml.IdpMetadata;
import dev.gatehouse.access.provider.saml.SamlSettings;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.ApiBody;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the settings of a provider hold besides if it speaks SAML.
///
/// @param certificates in PEM, one below the other
/// @param subject the attribute that says who somebody is; empty: the NameID does
record SamlPart(String signOn, String certificates, String subject) {
  private static final Set<String> MEMBERS =
      Set.of("signOn", "certificates", "subject", "metadata");

  /// What an owner wants.
  ///
  /// @param issuer the entity ID that the pasted metadata say; null: there are none
  record Wanted(@Nullable String issuer, SamlSettings settings) {}

  static @Nullable SamlPart of(@Nullable SamlSettings settings) {
    return settings == null
        ? null
        : new SamlPart(settings.signOn(), settings.pem(), settings.subject());
  }

  /// What `body` wants, or null: the provider speaks OpenID Connect.
  static @Nullable Wanted read(JsonBody body) {
    JsonBody part = body.object("saml");
    if (part == null) {
      return null;
    }
    if (!MEMBERS.containsAll(part.names())) {
      throw ApiBody.malformed(
          "\"saml\" has the members signOn, certificates, subject and metadata.");
    }
    String metadata = text(part, "metadata");
    String subject = text(part, "subject").strip();
    if (metadata.isBlank()) {
      return new Wanted(
          null,
          new SamlSettings(
              text(part, "signOn").strip(),
              SamlSettings.certificates(text(part, "certificates")),
              subject));
    }
    IdpMetadata read = IdpMetadata.read(metadata);
    return new Wanted(
        read.entityId(), new SamlSettings(read.signOn(), read.certificates(), subject));
  }

  private static String text(JsonBody part, String name) {
    return Objects.requireNonNullElse(part.text(name), "");
  }
}
