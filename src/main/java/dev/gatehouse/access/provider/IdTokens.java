package dev.gatehouse.access.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies the tokens by which a provider says who somebody is: signed by one of its keys, in a
/// way that takes a pair of them (so that nobody signs with what is public, or not at all), for
/// this client, now, and for the sign-in that began with `nonce`.
final class IdTokens {
  static final Set<JWSAlgorithm> PAIRS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int LONGEST_SUBJECT = 255;

  private IdTokens() {}

  /// Who a token is about.
  record Verified(String subject, Map<String, Object> claims) {}

  /// What `token` says if `keys`, a document of the provider's, verify it; else null.
  static @Nullable Verified verify(
      ProviderSettings settings, String token, String nonce, String keys) {
    try {
      var source = new ImmutableJWKSet<SecurityContext>(JWKSet.parse(keys));
      var validator =
          new IDTokenValidator(
              new Issuer(settings.issuer()),
              new ClientID(settings.clientId()),
              new JWSVerificationKeySelector<>(PAIRS, source),
              null);
      IDTokenClaimsSet set = validator.validate(JWTParser.parse(token), new Nonce(nonce));
      String subject = set.getSubject().getValue();
      // The library leaves it out: a token that names the party it was made for is for no other.
      AuthorizedParty party = set.getAuthorizedParty();
      boolean ours = party == null || party.getValue().equals(settings.clientId());
      return !ours || subject.length() > LONGEST_SUBJECT
          ? null
          : new Verified(subject, set.toJWTClaimsSet().getClaims());
    } catch (ParseException
        | BadJOSEException
        | JOSEException
        | com.nimbusds.oauth2.sdk.ParseException
        | IllegalArgumentException _) {
      return null;
    }
  }
}
