package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.SamlAnswer;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingSamlIdp;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A server whose default workspace, owned by olga, has a provider that speaks SAML, and browsers
/// around them. The clock shows the time that it is: the library looks at another.
record SamlStage(TestingServer server, TestingClock clock, Api owner) implements AutoCloseable {
  static final String BASE = "http://npm.example.test";
  static final String ISSUER = "urn:acme:idp";
  static final String SIGN_ON = "https://idp.example.test/sso?tenant=1";
  static final String ANSWERS = BASE + "/sign-in/provider/saml";
  static final TestingSamlIdp IDP = TestingSamlIdp.create();

  static SamlStage open(Dialect dialect) {
    var clock = TestingClock.at(Instant.now());
    TestingServer server =
        TestingServer.start(dialect, clock, Map.of("server.base-url", BASE + "/"));
    var stage = new SamlStage(server, clock, Api.of(server).session("olga", Role.OWNER));
    TestingReply set = stage.set(Map.of());
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    return stage;
  }

  /// The usual settings, and more.
  static String settings(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>();
    all.put("name", "Acme");
    all.put("issuer", ISSUER);
    all.put("saml", Map.of("signOn", SIGN_ON, "certificates", IDP.pem()));
    all.put("roles", Map.of("npm-admins", "admin", "npm-users", "developer"));
    all.put("linking", true);
    all.putAll(more);
    return ProviderStage.json(all);
  }

  TestingReply set(Map<String, Object> more) {
    return owner.put("provider", settings(more));
  }

  Api page() {
    return Api.of(server).with("x-gatehouse-app", "1");
  }

  /// Somebody whose browser is on its way.
  ///
  /// @param question what the provider is asked, as XML
  record Way(Api browser, String address, String question, String state) {
    String id() {
      Matcher found = Pattern.compile(" ID=\"([^\"]+)\"").matcher(question);
      assertThat(found.find()).isTrue();
      return found.group(1);
    }
  }

  Way begin() {
    return begin(page(), "sign-in/provider", "{}");
  }

  Way begin(Api from, String path, String body) {
    TestingReply reply = from.post(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    String old = from.headers().get("cookie");
    String cookie = Api.cookie(reply);
    String address = reply.json().path("address").asText();
    return new Way(
        from.with("cookie", old == null ? cookie : old + "; " + cookie),
        address,
        inflated(parameter(address, "SAMLRequest")),
        parameter(address, "RelayState"));
  }

  /// The provider's answer about somebody, not signed yet.
  SamlAnswer about(Way way, String subject, String name, String... groups) {
    return new SamlAnswer(
            ISSUER,
            ANSWERS,
            ANSWERS + "/default",
            way.id(),
            clock.instant(),
            "",
            Map.of("uid", List.of(name), "groups", List.of(groups)))
        .by(subject);
  }

  /// What a browser posts that comes from the provider, without a cookie: it comes from another
  /// site. The page that it is sent to.
  String post(String response, String state) {
    TestingReply reply = posted(response, state);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(303);
    assertThat(reply.header("set-cookie")).isNull();
    return String.valueOf(reply.header("location"));
  }

  TestingReply posted(String response, String state) {
    String form =
        "SAMLResponse="
            + URLEncoder.encode(response, StandardCharsets.UTF_8)
            + "&RelayState="
            + URLEncoder.encode(state, StandardCharsets.UTF_8);
    return server.send(
        null, "POST", "/sign-in/provider/saml", form.getBytes(StandardCharsets.UTF_8));
  }

  /// What the page that the browser was sent to does with its address.
  TestingReply goOn(Api browser, String page) {
    assertThat(page).startsWith("/sign-in/provider?state=");
    Map<String, String> body = new HashMap<>();
    for (String name : List.of("state", "code", "error")) {
      if (page.contains(name + "=")) {
        body.put(name, parameter(page, name));
      }
    }
    return browser.post("sign-in/provider/answer", ProviderStage.json(body));
  }

  TestingReply signIn(String subject, String name, String... groups) {
    Way way = begin();
    return goOn(way.browser, post(about(way, subject, name, groups).fresh(IDP), way.state));
  }

  /// The web app of whoever was let in by `reply`.
  Api as(TestingReply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return page().with("cookie", Api.cookie(reply));
  }

  String trail() {
    return owner.get("audit?limit=50").text();
  }

  static String parameter(String address, String name) {
    String query = String.valueOf(URI.create(address).getRawQuery());
    for (String one : query.split("&", -1)) {
      if (one.startsWith(name + "=")) {
        return URLDecoder.decode(one.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no " + name + " in " + address);
  }

  private static String inflated(String text) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(Base64.getDecoder().decode(text));
      byte[] bytes = new byte[10_000];
      return new String(bytes, 0, inflater.inflate(bytes), StandardCharsets.UTF_8);
    } catch (DataFormatException broken) {
      throw new AssertionError(broken);
    } finally {
      inflater.end();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
