package dev.gatehouse.access.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The provider of a workspace.
///
/// @param sealed the client's secret, which the vault has sealed; null if there is none
public record Provider(
    long id,
    long workspaceId,
    ProviderSettings settings,
    @Nullable String sealed,
    Instant updated) {
  /// Whether it speaks SAML, and not OpenID Connect.
  boolean speaksSaml() {
    return settings.saml() != null;
  }

  @Override
  public String toString() {
    return "Provider[" + settings.issuer() + "]";
  }
}
