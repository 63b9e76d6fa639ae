package dev.gatehouse.access.provider.logout;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider says of sessions that are over: a logout token, whose signature nobody has
/// looked at yet.
public final class LogoutWord {
  /// How old one may be. For as long it is remembered, so that each counts once.
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final int LONGEST = 16 << 10;

  private final SignedJWT token;
  private final JWTClaimsSet claims;

  private LogoutWord(SignedJWT token, JWTClaimsSet claims) {
    this.token = token;
    this.claims = claims;
  }

  /// One that is proven.
  ///
  /// @param id the token's name, which no other of that issuer has
  /// @param subject whose sessions; null: whoever `session` is of
  /// @param session which of them; null: all
  public record Proven(
      String issuer, String id, @Nullable String subject, @Nullable String session) {}

  /// What `token` claims to be, or null if it cannot be one.
  public static @Nullable LogoutWord read(String token) {
    try {
      SignedJWT parsed = token.length() > LONGEST ? null : SignedJWT.parse(token);
      JWTClaimsSet claims = parsed == null ? null : parsed.getJWTClaimsSet();
      return parsed == null || claims == null || claims.getIssuer() == null
          ? null
          : new LogoutWord(parsed, claims);
    } catch (ParseException _) {
      return null;
    }
  }

  /// Who has signed it, if what it says is true.
  public String issuer() {
    return claims.getIssuer();
  }

  /// Which clients it is for, if what it says is true.
  public List<String> clients() {
    return claims.getAudience();
  }

  /// What it says if one of `keys` verifies it, for that issuer and client, now; else null.
  public @Nullable Proven prove(String issuer, String client, SignatureKeys keys, Instant now) {
    try {
      var selector =
          new JWSVerificationKeySelector<SecurityContext>(
              keys.algorithms(), new ImmutableJWKSet<>(JWKSet.parse(keys.document())));
      var validator =
          new LogoutTokenValidator(new Issuer(issuer), new ClientID(client), false, selector, null);
      LogoutTokenClaimsSet set = validator.validate(token);
      Instant made = set.getIssueTime().toInstant();
      boolean fresh = made.isAfter(now.minus(LIFE)) && made.isBefore(now.plus(SKEW));
      return fresh
          ? new Proven(
              issuer,
              set.getJWTID().getValue(),
              set.getSubject() == null ? null : set.getSubject().getValue(),
              set.getSessionID() == null ? null : set.getSessionID().getValue())
          : null;
    } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException _) {
      return null;
    }
  }
}
