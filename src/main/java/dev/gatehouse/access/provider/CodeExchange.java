package dev.gatehouse.access.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.gatehouse.access.provider.logout.LogoutWord;
import dev.gatehouse.access.provider.logout.SignatureKeys;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.SmallQuestion;
import dev.gatehouse.upstream.UpstreamClient;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the code that a browser brought back into who somebody is: asks the provider for their
/// tokens, verifies them, and asks for more about them where the token leaves out what the settings
/// name.
record CodeExchange(UpstreamClient client, Discovery discovery) {

  /// What a browser brought back, and what only this server and that browser know.
  record Brought(String code, String verifier, String nonce, String redirect) {
    @Override
    public String toString() {
      return "Brought[***]";
    }
  }

  /// Where a browser goes to sign in at the provider.
  URI address(ProviderSettings settings, ProviderVisits.Secret secret, String redirect) {
    ProviderEndpoints endpoints = discovery.endpoints(settings);
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope(settings.scopes().toArray(String[]::new)),
            new ClientID(settings.clientId()),
            URI.create(redirect))
        .endpointURI(endpoints.authorization())
        .state(new State(secret.state()))
        .nonce(new Nonce(secret.nonce()))
        .codeChallenge(new CodeVerifier(secret.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /// Where a browser goes to sign out at the provider, if it offers that and it is known; null
  /// else.
  @Nullable URI end(ProviderSettings settings, String back) {
    ProviderEndpoints endpoints = discovery.knownEndpoints(settings);
    return endpoints == null || endpoints.end() == null
        ? null
        : new LogoutRequest(
                endpoints.end(),
                null,
                null,
                new ClientID(settings.clientId()),
                URI.create(back),
                null,
                null)
            .toURI();
  }

  /// Refuses an answer that says it is from somebody else: each provider names itself, or none
  /// does.
  void requireIssuer(ProviderSettings settings, @Nullable String issuer) {
    boolean right =
        issuer == null
            ? !discovery.endpoints(settings).namesItself()
            : issuer.equals(settings.issuer());
    if (!right) {
      throw unproven(settings);
    }
  }

  /// Who has come. `secret` is the client's, or null.
  ProvenIdentity prove(ProviderSettings settings, @Nullable String secret, Brought brought) {
    ProviderEndpoints endpoints = discovery.endpoints(settings);
    OIDCTokens tokens = tokens(settings, endpoints, secret, brought);
    String token = tokens.getIDTokenString();
    IdTokens.Verified verified =
        IdTokens.verify(settings, token, brought.nonce, discovery.keys(settings, endpoints));
    if (verified == null) {
      verified =
          IdTokens.verify(settings, token, brought.nonce, discovery.newKeys(settings, endpoints));
    }
    if (verified == null) {
      throw unproven(settings);
    }
    var reader = new ClaimReader(settings);
    Map<String, Object> claims = new HashMap<>(verified.claims());
    URI people = endpoints.people();
    if (people != null && !reader.areComplete(claims)) {
      // What the token says itself counts more.
      more(settings, people, tokens, verified.subject()).forEach(claims::putIfAbsent);
    }
    return reader.read(verified.subject(), claims);
  }

  /// What `word` says, if the provider has signed it for this client; else null.
  LogoutWord.@Nullable Proven prove(ProviderSettings settings, LogoutWord word, Instant now) {
    ProviderEndpoints endpoints = discovery.endpoints(settings);
    LogoutWord.Proven proven = prove(settings, word, discovery.keys(settings, endpoints), now);
    return proven == null
        ? prove(settings, word, discovery.newKeys(settings, endpoints), now)
        : proven;
  }

  private static LogoutWord.@Nullable Proven prove(
      ProviderSettings settings, LogoutWord word, String keys, Instant now) {
    return word.prove(
        settings.issuer(), settings.clientId(), new SignatureKeys(keys, IdTokens.PAIRS), now);
  }

  private OIDCTokens tokens(
      ProviderSettings settings,
      ProviderEndpoints endpoints,
      @Nullable String secret,
      Brought brought) {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
    Map<String, List<String>> form = new LinkedHashMap<>();
    form.put("grant_type", List.of("authorization_code"));
    form.put("code", List.of(brought.code));
    form.put("redirect_uri", List.of(brought.redirect));
    form.put("code_verifier", List.of(brought.verifier));
    if (secret != null && endpoints.basic()) {
      headers.put(
          "Authorization",
          new ClientSecretBasic(new ClientID(settings.clientId()), new Secret(secret))
              .toHTTPAuthorizationHeader());
    } else {
      form.put("client_id", List.of(settings.clientId()));
    }
    if (secret != null && !endpoints.basic()) {
      form.put("client_secret", List.of(secret));
    }
    try {
      return OIDCTokenResponse.parse(
              JSONObjectUtils.parse(
                  posted(settings, endpoints.token(), URLUtils.serializeParameters(form), headers)))
          .getOIDCTokens();
    } catch (ParseException | RuntimeException broken) {
      if (broken instanceof ProblemException told) {
        throw told;
      }
      throw unproven(settings);
    }
  }

  /// What the provider says about somebody besides; it must be about the same person.
  private Map<String, Object> more(
      ProviderSettings settings, URI people, OIDCTokens tokens, String subject) {
    var headers =
        Map.of(
            "Accept",
            "application/json",
            "Authorization",
            tokens.getBearerAccessToken().toAuthorizationHeader());
    try {
      Map<String, Object> claims =
          JWTClaimsSet.parse(posted(settings, people, "", headers)).getClaims();
      if (subject.equals(claims.get("sub"))) {
        return claims;
      }
    } catch (java.text.ParseException _) {
      // Said below.
    }
    throw unproven(settings);
  }

  private String posted(
      ProviderSettings settings, URI to, String form, Map<String, String> headers) {
    var asked = new SmallQuestion(to, form, headers, Discovery.PATIENCE, Discovery.LARGEST);
    return switch (client.small(settings.source(), asked)) {
      case SmallQuestion.Answer.Given(String document) -> document;
      case SmallQuestion.Answer.Refused(String sentence) ->
          throw new ProblemException(new Problem.Forbidden(unsaid(settings, sentence)));
      case SmallQuestion.Answer.Failed(String sentence, boolean timedOut) ->
          throw new ProblemException(
              new Problem.UpstreamFailed(unsaid(settings, sentence), timedOut));
    };
  }

  private static String unsaid(ProviderSettings settings, String sentence) {
    return "\"%s\" did not say who you are: %s".formatted(settings.name(), sentence);
  }

  private static ProblemException unproven(ProviderSettings settings) {
    return new ProblemException(
        new Problem.Forbidden(
            "What \"%s\" answers does not prove who you are: sign in again. If it stays so, the"
                    .formatted(settings.name())
                + " issuer or the client of the settings may be wrong."));
  }
}
