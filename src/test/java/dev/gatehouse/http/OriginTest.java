package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who asks, and by which address.
final class OriginTest {
  private static final Handler SAYS =
      request -> Response.text(200, request.baseUrl() + " " + request.client().getHostAddress());

  private static String said(HttpSettings settings, String... headers) throws IOException {
    try (HttpServer server = HttpServer.start(settings, SAYS)) {
      return RawClient.get(server.port(), "/", headers).text();
    }
  }

  @Test
  void believesNobodyByDefault() throws IOException {
    assertThat(
            said(
                Servers.settings(),
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example"))
        .isEqualTo("http://test 127.0.0.1");
  }

  @Test
  void believesATrustedProxy() throws IOException {
    assertThat(
            said(
                Servers.behind(null, List.of("127.0.0.0/8")),
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: Registry.Example:8443"))
        .isEqualTo("https://registry.example:8443 203.0.113.9");
  }

  @Test
  void believesTheEntryThatTheProxyWroteNotTheOnesBefore() throws IOException {
    assertThat(
            said(
                Servers.behind(null, List.of("127.0.0.1")),
                "X-Forwarded-For: 10.0.0.1",
                "X-Forwarded-For: 198.51.100.1, 203.0.113.9",
                "X-Forwarded-Host: evil.example, good.example"))
        .isEqualTo("http://good.example 203.0.113.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "1.1.1.1, 203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "203.0.113.9:4711 | 203.0.113.9",
        "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
        "::ffff:10.1.2.3 | 10.1.2.3",
        "203.0.113.9, ::ffff:10.1.2.3 | 203.0.113.9",
        "unknown | 127.0.0.1",
        "'' | 127.0.0.1",
        "203.0.113.9, unknown, 10.1.2.3 | 10.1.2.3",
        "10.0.0.0/8 | 127.0.0.1",
        "* | 127.0.0.1",
        "10.1.2.3 | 10.1.2.3",
      })
  void walksPastTrustedProxies(String header, String client) throws IOException {
    assertThat(
            said(
                Servers.behind("https://r.example", List.of("127.0.0.1", "10.0.0.0/8")),
                "X-Forwarded-For: " + header))
        .isEqualTo("https://r.example " + client);
  }

  @Test
  void prefersTheConfiguredAddress() throws IOException {
    assertThat(
            said(
                Servers.behind("https://registry.example/npm/", List.of("127.0.0.1")),
                "X-Forwarded-Host: evil.example"))
        .startsWith("https://registry.example/npm ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a/b",
        "a@b",
        "a:b",
        "a:",
        "a:99999",
        "a:1:2",
        "[::1",
        "[x]",
        "::1",
        "a?",
        "a#",
        "<script>",
        "a\\b",
        "a\"b",
        "%41",
        ":80"
      })
  void refusesAHostThatIsNone(String host) throws IOException {
    try (HttpServer server = Servers.start(SAYS);
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void refusesTwoHosts() throws IOException {
    try (HttpServer server = Servers.start(SAYS)) {
      assertThat(RawClient.get(server.port(), "/", "Host: other").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"Registry.Example, registry.example", "a_b.c:8080, a_b.c:8080", "[::1]:80, [::1]:80"})
  void takesAHost(String host, String shown) throws IOException {
    try (HttpServer server = Servers.start(SAYS);
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("http://" + shown + " 127.0.0.1");
    }
  }

  @Test
  void refusesAForwardedSchemeThatIsNone() throws IOException {
    try (HttpServer server = HttpServer.start(Servers.behind(null, List.of("127.0.0.1")), SAYS)) {
      assertThat(RawClient.get(server.port(), "/", "X-Forwarded-Proto: javascript").status())
          .isEqualTo(400);
    }
  }

  @Test
  void doesNotStartWithAProxyThatIsNoAddress() {
    assertThatThrownBy(
            () -> HttpServer.start(Servers.behind(null, List.of("10.0.0.0/99")), SAYS).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/99");
  }
}
