package dev.gatehouse.web.npm.unsupported;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What this server does not offer.
final class UnsupportedTest {
  private static final byte[] BODY = "{\"left-pad\":[\"1.0.0\"]}".getBytes(StandardCharsets.UTF_8);

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final String token = server.token("ada", Role.DEVELOPER);

  private TestingReply ask(@Nullable String with, String request) {
    int space = request.indexOf(' ');
    String method = request.substring(0, space);
    byte[] body = method.equals("GET") ? null : BODY;
    return server.send(with, method, request.substring(space + 1), body);
  }

  @Test
  void saysSoInAFormThatMakesClientsFallBack() {
    Map<String, String> sentences =
        Map.ofEntries(
            Map.entry("POST /r/default/-/npm/v1/security/advisories/bulk", "false one"),
            Map.entry("POST /r/default/-/npm/v1/security/audits", "false one"),
            Map.entry("POST /r/default/-/npm/v1/security/audits/quick", "false one"),
            Map.entry("POST /r/default/-/stage/package/@acme%2fwidget", "publish directly"),
            Map.entry("GET /r/default/-/stage?page=0", "publish directly"),
            Map.entry("DELETE /r/default/-/stage/1-2-3", "publish directly"),
            Map.entry("POST /r/default/-/stage/1-2-3/approve", "publish directly"),
            Map.entry("GET /r/default/-/package/@acme%2fwidget/trust", "Trusted"),
            Map.entry("DELETE /r/default/-/package/widget/trust/1", "Trusted"),
            Map.entry("POST /r/default/-/npm/v1/oidc/token/exchange/package/x", "exchange"),
            Map.entry("POST /-/npm/v1/oidc/token/exchange/package/@acme%2fx", "exchange"),
            Map.entry("GET /w/default/r/default/-/org/acme/user/", "Organisations"),
            Map.entry("GET /r/default/-/npm/v1/hooks", "Hooks"));
    sentences.forEach((request, sentence) -> {
      TestingReply reply = ask(token, request);
      assertThat(reply.status()).as(request).isEqualTo(404);
      assertThat(reply.error()).as(request).contains(sentence);
    });
  }

  /// deno takes any map of arrays for an answer, whatever its status; only what it cannot decode
  /// ends its audit with an error.
  @Test
  void givesAnAuditNothingThatReadsAsNoVulnerabilities() {
    TestingReply reply = ask(token, "POST /r/default/-/npm/v1/security/advisories/bulk");
    assertThat(reply.status()).isNotEqualTo(200);
    assertThat(reply.json()).hasSize(1).allSatisfy(value -> assertThat(value.isArray()).isFalse());
  }

  @Test
  void asksForATokenExceptWhereClientsHaveNoneOfOurs() {
    assertThat(ask("ey.jwt.x", "POST /-/npm/v1/oidc/token/exchange/package/x").status())
        .isEqualTo(404);
    for (String request :
        List.of(
            "POST /r/default/-/npm/v1/security/advisories/bulk",
            "GET /r/default/-/stage",
            "GET /r/default/-/org/acme/user")) {
      assertThat(ask(null, request).status()).as(request).isEqualTo(401);
    }
  }

  @Test
  void knowsNothingElseBelowItsOwnAddresses() {
    for (String request :
        List.of(
            "GET /r/default/-/nothing", "POST /r/default/-/npm/v1/nothing", "GET /r/default/-")) {
      TestingReply reply = ask(token, request);
      assertThat(reply.status()).as(request).isEqualTo(404);
      assertThat(reply.error()).isNotEmpty();
    }
  }
}
