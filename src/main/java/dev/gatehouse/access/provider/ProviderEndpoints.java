package dev.gatehouse.access.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a provider does what, as its discovery document says. Each address is one that may be
/// asked ([ProviderSettings#isSafe]).
///
/// @param people where it tells more about somebody; null: nowhere
/// @param end where people sign out of it; null: nowhere
/// @param basic whether the client's secret goes into a header, as the standard has it, and not
///   into the form
/// @param namesItself whether it says in each answer who it is
record ProviderEndpoints(
    URI authorization,
    URI token,
    URI keys,
    @Nullable URI people,
    @Nullable URI end,
    boolean basic,
    boolean namesItself) {

  /// What `document` says, which must be the one of `issuer`, to the letter.
  static ProviderEndpoints read(String issuer, String document) {
    OIDCProviderMetadata metadata;
    try {
      metadata = OIDCProviderMetadata.parse(document);
    } catch (ParseException | RuntimeException _) {
      throw unusable("The discovery document of %s is none that can be understood.", issuer);
    }
    String named = metadata.getIssuer().getValue();
    if (!named.equals(issuer)) {
      throw unusable(
          "The provider at %s calls itself otherwise, perhaps with or without a slash at the end:"
              + " write the issuer exactly as its discovery document does.",
          issuer);
    }
    List<ClientAuthenticationMethod> ways =
        Objects.requireNonNullElse(metadata.getTokenEndpointAuthMethods(), List.of());
    boolean formOnly =
        ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return new ProviderEndpoints(
        safe(metadata.getAuthorizationEndpointURI(), issuer),
        safe(metadata.getTokenEndpointURI(), issuer),
        safe(metadata.getJWKSetURI(), issuer),
        safeOrNull(metadata.getUserInfoEndpointURI()),
        safeOrNull(metadata.getEndSessionEndpointURI()),
        !formOnly,
        metadata.supportsAuthorizationResponseIssuerParam());
  }

  private static URI safe(@Nullable URI uri, String issuer) {
    if (uri == null || !ProviderSettings.isSafe(uri)) {
      throw unusable("The discovery document of %s lacks an address that is encrypted.", issuer);
    }
    return uri;
  }

  private static @Nullable URI safeOrNull(@Nullable URI uri) {
    return uri != null && ProviderSettings.isSafe(uri) ? uri : null;
  }

  private static ProblemException unusable(String sentence, String issuer) {
    return new ProblemException(new Problem.UpstreamFailed(sentence.formatted(issuer), false));
  }
}
