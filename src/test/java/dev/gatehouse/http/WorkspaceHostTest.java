package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.http.wire.Domain;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose host a request names, where workspaces have hosts of their own.
final class WorkspaceHostTest {
  private static final Handler SAYS =
      request ->
          Response.text(
              200,
              request.baseUrl() + " " + request.hostWorkspace() + " " + request.ownUrl("team"));

  private static HttpSettings settings(@Nullable String baseUrl, String... proxies) {
    return new HttpSettings(
        "127.0.0.1",
        0,
        baseUrl,
        new Domain("npm.test"),
        List.of(proxies),
        null,
        null,
        HttpSettings.Limits.defaults());
  }

  private static RawClient.Answer ask(HttpSettings settings, String... headers) throws IOException {
    try (HttpServer server = HttpServer.start(settings, SAYS);
        RawClient client = new RawClient(server.port())) {
      client.send(
          "GET / HTTP/1.1\r\n" + String.join("", List.of(headers)).replace("|", "\r\n") + "\r\n");
      return client.answer();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "team.npm.test, http://team.npm.test team http://team.npm.test",
    "TEAM.Npm.Test:8080, http://team.npm.test:8080 team http://team.npm.test:8080",
    "team.npm.test.:8080, http://team.npm.test.:8080 team http://team.npm.test.:8080",
    "other.npm.test:1, http://other.npm.test:1 other http://team.npm.test:1",
    "npm.test, http://npm.test null http://team.npm.test",
    "teamnpm.test, http://teamnpm.test null http://team.npm.test",
    "npm.test.evil, http://npm.test.evil null http://team.npm.test",
    "team.npm.test.evil:80, http://team.npm.test.evil:80 null http://team.npm.test:80",
    "127.0.0.1:4874, http://127.0.0.1:4874 null http://team.npm.test:4874",
    "[::1]:4874, http://[::1]:4874 null http://team.npm.test:4874",
    "[::1], http://[::1] null http://team.npm.test",
  })
  void readsTheWorkspaceFromTheHost(String host, String said) throws IOException {
    assertThat(ask(settings(null), "Host: " + host + "|").text()).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.team.npm.test",
        ".npm.test",
        "-team.npm.test",
        "team-.npm.test",
        "te_am.npm.test",
        "team..npm.test",
      })
  void knowsNothingBelowTheDomainButWorkspaces(String host) throws IOException {
    for (String base : new String[] {null, "https://npm.test"}) {
      RawClient.Answer answer = ask(settings(base), "Host: " + host + "|");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).contains("no workspace's", "{workspace}.npm.test");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"team.npm.test@evil", "evil/team.npm.test", "evil?.npm.test", "team.npm.test:x"})
  void refusesAHostThatIsNone(String host) throws IOException {
    for (String base : new String[] {null, "https://npm.test"}) {
      assertThat(ask(settings(base), "Host: " + host + "|").status()).isEqualTo(400);
    }
  }

  @Test
  void takesSchemeAndPortFromTheConfiguredAddressAndNothingFromTheHeader() throws IOException {
    HttpSettings configured = settings("https://gate.npm.test:8443/");
    assertThat(ask(configured, "Host: Team.npm.test.:9999|").text())
        .isEqualTo("https://team.npm.test:8443 team https://team.npm.test:8443");
    assertThat(ask(configured, "Host: evil.example|").text())
        .isEqualTo("https://gate.npm.test:8443 null https://team.npm.test:8443");
    assertThat(ask(configured, "Host: GATE.npm.test|").text())
        .as("the server's own host is no workspace's")
        .isEqualTo("https://gate.npm.test:8443 null https://team.npm.test:8443");
  }

  @Test
  void twoHostsAreNoWorkspaces() throws IOException {
    assertThat(
            ask(settings("https://npm.test"), "Host: team.npm.test|Host: other.npm.test|").text())
        .isEqualTo("https://npm.test null https://team.npm.test");
    assertThat(ask(settings(null), "Host: team.npm.test|Host: team.npm.test|").status())
        .isEqualTo(400);
  }

  @Test
  void believesTheHostThatATrustedProxyTellsAndNoOther() throws IOException {
    String headers = "Host: team.npm.test|X-Forwarded-Host: evil.npm.test, other.npm.test|";
    assertThat(ask(settings(null), headers).text()).startsWith("http://team.npm.test team ");
    assertThat(ask(settings(null, "10.0.0.1"), headers).text())
        .startsWith("http://team.npm.test team ");
    assertThat(ask(settings(null, "127.0.0.1"), headers).text())
        .startsWith("http://other.npm.test other ");
    assertThat(ask(settings("https://npm.test", "127.0.0.1"), headers).text())
        .startsWith("https://other.npm.test other ");
  }

  @Test
  void withoutADomainNoHostIsAWorkspaces() throws IOException {
    assertThat(ask(Servers.settings(), "Host: team.npm.test|").text())
        .isEqualTo("http://team.npm.test null null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "*.npm.test",
        "https://npm.test",
        "npm.test:80",
        "npm.test/",
        "npm test",
        ".test",
        "test.",
        "10.0.0.1",
        "[::1]",
        "-a.test",
        "a_b.test"
      })
  void refusesADomainThatIsNone(String text) {
    assertThatThrownBy(() -> new Domain(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write it as npm.example.com");
  }

  @Test
  void refusesADomainBesideABaseUrlWithAPath() {
    assertThatThrownBy(() -> settings("https://npm.test/gate"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path");
  }

  @Test
  void onlyANameThatAHostCanHaveHasAHost() {
    var domain = new Domain("NPM.test");
    assertThat(domain.host("team")).isEqualTo("team.npm.test");
    assertThat(domain.host("my_team")).isNull();
    assertThat(domain.host("a.b")).isNull();
    assertThat(domain.host("a".repeat(64))).isNull();
  }
}
