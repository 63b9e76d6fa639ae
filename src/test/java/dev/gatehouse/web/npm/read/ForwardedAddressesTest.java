package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The addresses that documents name behind proxies, and where one is configured.
final class ForwardedAddressesTest {
  private static final String PATH = "/r/default/left-pad";
  private static final String TARBALL = PATH + "/-/left-pad-1.0.0.tgz";

  private static Reader reader(@Nullable String baseUrl, String... proxies) {
    var settings = new HashMap<String, String>();
    settings.put("server.trusted-proxies", String.join(",", proxies));
    if (baseUrl != null) {
      settings.put("server.base-url", baseUrl);
    }
    var reader = new Reader(settings);
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    return reader;
  }

  private static String tarball(TestingReply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().at("/versions/1.0.0/dist/tarball").asText();
  }

  private static String forwarded(Reader reader, String host, String scheme) {
    String full = tarball(reader.get(PATH, "x-forwarded-host", host, "x-forwarded-proto", scheme));
    TestingReply abbreviated =
        reader.get(
            PATH,
            "x-forwarded-host",
            host,
            "x-forwarded-proto",
            scheme,
            "accept",
            Reader.ABBREVIATED);
    assertThat(tarball(abbreviated)).isEqualTo(full);
    return full;
  }

  @Test
  void areThoseThatATrustedProxyWasAskedUnder() {
    try (Reader reader = reader(null, "127.0.0.0/8")) {
      assertThat(forwarded(reader, "npm.example.com", "https"))
          .isEqualTo("https://npm.example.com" + TARBALL);
      assertThat(forwarded(reader, "other.example.com:8443", "https"))
          .isEqualTo("https://other.example.com:8443" + TARBALL);
      assertThat(tarball(reader.get(PATH))).isEqualTo(reader.server.url() + TARBALL);
    }
  }

  @Test
  void areNotThoseThatAStrangerClaimsToHaveBeenAskedUnder() {
    try (Reader reader = reader(null, "10.0.0.0/8", "192.0.2.1")) {
      assertThat(forwarded(reader, "evil.example", "https"))
          .isEqualTo(reader.server.url() + TARBALL);
    }
  }

  @Test
  void areBelowTheConfiguredAddressWhateverARequestSays() {
    try (Reader reader = reader("https://npm.example.com/packages", "127.0.0.1")) {
      String expected = "https://npm.example.com/packages" + TARBALL;
      assertThat(tarball(reader.get(PATH))).isEqualTo(expected);
      assertThat(forwarded(reader, "evil.example", "http")).isEqualTo(expected);
      assertThat(reader.get(PATH + "/1.0.0").json().at("/dist/tarball").asText())
          .isEqualTo(expected);
    }
  }

  @Test
  void differInTheirTagsSoThatNoClientTakesOneForTheOther() {
    try (Reader reader = reader(null, "127.0.0.1")) {
      assertThat(reader.get(PATH, "x-forwarded-host", "a.example").header("etag"))
          .isNotNull()
          .isNotEqualTo(reader.get(PATH, "x-forwarded-host", "b.example").header("etag"));
    }
  }

  @Test
  void ofNoShapeAreRefused() {
    try (Reader reader = reader(null, "127.0.0.1")) {
      TestingReply reply = reader.get(PATH, "x-forwarded-host", "a.example/\"b");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.error()).isNotEmpty();
    }
  }
}
