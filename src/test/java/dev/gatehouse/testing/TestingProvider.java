package dev.gatehouse.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.access.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An OpenID provider of the tests' own, which is as strict as a real one with whoever asks, and
/// lies in its answers as told.
public final class TestingProvider implements AutoCloseable {
  /// The client that it knows.
  public static final String CLIENT = "gatehouse";

  /// The secret of that client, with characters that its header must encode.
  public static final String SECRET = "s3cret +:%";

  /// Finding primes takes longer than most tests, so all begin with the same ones.
  private static final RSAKey FIRST = newKey("first");

  private final HttpServer server;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private RSAKey key = FIRST;
  private Function<JWTClaimsSet, String> signing = claims -> signed(key, claims);
  private UnaryOperator<JWTClaimsSet> claims = UnaryOperator.identity();
  private @Nullable String people;

  private record Grant(String nonce, String challenge, String redirect, JWTClaimsSet about) {}

  private TestingProvider(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    discovery(discovery());
  }

  /// Starts one on a free port of 127.0.0.1.
  public static TestingProvider start() {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      return new TestingProvider(HttpServer.create(address, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What it calls itself.
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What its discovery document usually says.
  public String discovery() {
    return """
    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
    "jwks_uri":"%1$s/keys","userinfo_endpoint":"%1$s/people","end_session_endpoint":"%1$s/end",
    "response_types_supported":["code"],"subject_types_supported":["public"],
    "id_token_signing_alg_values_supported":["RS256"],
    "authorization_response_iss_parameter_supported":true}
    """
        .formatted(issuer());
  }

  /// Says that from now on.
  public void discovery(String document) {
    documents.put("/.well-known/openid-configuration", document);
    documents.put("/keys", new JWKSet(key.toPublicJWK()).toString());
  }

  /// Signs with another key from now on, and shows that one alone.
  public void rotate() {
    key = newKey("key-" + Secrets.draw(8));
    documents.put("/keys", new JWKSet(key.toPublicJWK()).toString());
  }

  /// Signs with a key that it does not show.
  public void forge() {
    RSAKey unknown = newKey(key.getKeyID());
    signing = one -> signed(unknown, one);
  }

  /// Says who somebody is without signing it.
  public void unsign() {
    signing = one -> new PlainJWT(one).serialize();
  }

  /// Signs with what everybody can read: its own public key, as if it were a shared secret.
  public void confuse() {
    signing =
        one -> {
          try {
            byte[] open = key.toRSAPublicKey().getEncoded();
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
            var token = new SignedJWT(header, one);
            token.sign(new MACSigner(open));
            return token.serialize();
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };
  }

  /// Signs with the client's secret, which the client shares.
  public void signWith(String secret) {
    signing =
        one -> {
          try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), one);
            token.sign(new MACSigner(secret.repeat(4)));
            return token.serialize();
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };
  }

  /// Changes what its tokens say.
  public void claim(UnaryOperator<JWTClaimsSet.Builder> change) {
    claims = before -> change.apply(new JWTClaimsSet.Builder(before)).build();
  }

  /// Answers that, where it is asked for more about somebody.
  public void people(String json) {
    people = json;
  }

  /// Lets the person whose browser was sent to `address` in: the parameters that it sends them back
  /// with.
  public Map<String, String> letIn(String address, String subject, Map<String, Object> about) {
    Map<String, String> asks = parameters(URI.create(address).getRawQuery());
    if (!"S256".equals(asks.get("code_challenge_method"))
        || !CLIENT.equals(asks.get("client_id"))
        || !"code".equals(asks.get("response_type"))) {
      throw new AssertionError("asked wrongly: " + asks);
    }
    var person = new JWTClaimsSet.Builder().subject(subject);
    about.forEach(person::claim);
    String code = Secrets.draw(30);
    grants.put(
        code,
        new Grant(
            String.valueOf(asks.get("nonce")),
            String.valueOf(asks.get("code_challenge")),
            String.valueOf(asks.get("redirect_uri")),
            person.build()));
    return Map.of("code", code, "state", String.valueOf(asks.get("state")), "issuer", issuer());
  }

  /// Its word that a session is over, of what a usual one says `change` makes.
  public String logout(UnaryOperator<JWTClaimsSet.Builder> change) {
    Instant now = Instant.now();
    var usual =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(120)))
            .jwtID(Secrets.draw(20))
            .claim(
                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return signing.apply(change.apply(usual).build());
  }

  /// The paths that were asked for so far.
  public List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  private void answer(HttpExchange http) throws IOException {
    try (http) {
      String path = http.getRequestURI().getPath();
      synchronized (asked) {
        asked.add(path);
      }
      String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String document = documents.get(path);
      switch (path) {
        case "/token" -> token(http, parameters(body));
        case "/people" -> send(http, people == null ? 404 : 200, String.valueOf(people));
        default -> send(http, document == null ? 404 : 200, String.valueOf(document));
      }
    }
  }

  private void token(HttpExchange http, Map<String, String> form) throws IOException {
    Grant grant = grants.remove(String.valueOf(form.get("code")));
    if (!credential().equals(http.getRequestHeaders().getFirst("Authorization"))) {
      send(http, 401, "{\"error\":\"invalid_client\",\"error_description\":\"<b>who?</b>\"}");
    } else if (grant == null
        || !grant.challenge.equals(challenge(String.valueOf(form.get("code_verifier"))))
        || !grant.redirect.equals(form.get("redirect_uri"))) {
      send(http, 400, "{\"error\":\"invalid_grant\"}");
    } else {
      Instant now = Instant.now();
      JWTClaimsSet usual =
          new JWTClaimsSet.Builder(grant.about)
              .issuer(issuer())
              .audience(CLIENT)
              .issueTime(Date.from(now))
              .expirationTime(Date.from(now.plusSeconds(300)))
              .claim("nonce", grant.nonce)
              .build();
      String token = signing.apply(claims.apply(usual));
      send(
          http,
          200,
          "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}");
    }
  }

  private static String credential() {
    String secret = java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange http, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().set("Content-Type", "application/json");
    http.sendResponseHeaders(status, bytes.length);
    http.getResponseBody().write(bytes);
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return ((JWT) token).serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> first = new ConcurrentHashMap<>();
    URLUtils.parseParameters(text).forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
