package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProblemMappingTest {

  record Case(Problem problem, int status, String header, String value) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(new Problem.NotFound("s"), 404, "cache-control", "no-store"),
        new Case(new Problem.Malformed("s"), 400, "cache-control", "no-store"),
        new Case(new Problem.Unauthenticated("s"), 401, "www-authenticate", "Bearer"),
        new Case(new Problem.SecondFactorNeeded("s"), 401, "www-authenticate", "OTP"),
        new Case(new Problem.ConfirmationNeeded("s", "a", "d"), 401, "www-authenticate", "OTP"),
        new Case(new Problem.Forbidden("s"), 403, "cache-control", "no-store"),
        new Case(new Problem.Withheld("s"), 403, "cache-control", "no-store"),
        new Case(new Problem.Conflict("s"), 409, "cache-control", "no-store"),
        new Case(new Problem.KeyReused("s"), 422, "cache-control", "no-store"),
        new Case(new Problem.Outdated("s"), 412, "cache-control", "no-store"),
        new Case(new Problem.TooLarge("s"), 413, "cache-control", "no-store"),
        new Case(new Problem.Unsupported("s"), 404, "cache-control", "no-store"),
        new Case(new Problem.WrongMethod("s", List.of("GET", "PUT")), 405, "allow", "GET, PUT"),
        new Case(new Problem.TooSlow("s"), 408, "cache-control", "no-store"),
        new Case(new Problem.RangeOutside("s", 7), 416, "content-range", "bytes */7"),
        new Case(new Problem.UpstreamFailed("s", false), 502, "cache-control", "no-store"),
        new Case(new Problem.UpstreamFailed("s", true), 504, "cache-control", "no-store"),
        new Case(new Problem.Circle("s"), 508, "cache-control", "no-store"),
        new Case(new Problem.Busy("s", Duration.ofMillis(2500), true), 429, "retry-after", "3"),
        new Case(new Problem.Busy("s", null, false), 503, "retry-after", "1"),
        new Case(new Problem.Busy("s", Duration.ZERO, false), 503, "retry-after", "1"));
  }

  @Test
  void everyProblemHasACase() {
    assertThat(cases().map(Case::problem).map(Object::getClass).distinct().toList())
        .containsExactlyInAnyOrder(Problem.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasItsStatusAndTheFormOfNpm(Case mapped) throws IOException {
    try (HttpServer server =
        Servers.start(_ -> {
          throw new ProblemException(mapped.problem());
        })) {
      RawClient.Answer answer = RawClient.get(server.port(), "/");
      assertThat(answer.status()).isEqualTo(mapped.status());
      assertThat(answer.header(mapped.header())).isEqualTo(mapped.value());
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.text()).startsWith("{").contains("\"error\":\"s\"");
    }
  }

  @Test
  void aBugIsAnsweredWithTheRequestsIdAndNothingElse() throws IOException {
    try (HttpServer server =
        Servers.start(_ -> {
          throw new IllegalStateException("the password is hunter2");
        })) {
      RawClient.Answer answer = RawClient.get(server.port(), "/");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text())
          .contains(answer.headers().get("x-request-id"))
          .doesNotContain("hunter2");
    }
  }

  @Test
  void aWarmAnswerMayFailToo() throws IOException {
    Handler handler =
        new Handler() {
          @Override
          public Response handle(Request request) {
            return Response.text(200, "handled");
          }

          @Override
          public Response warm(Request request) {
            throw new ProblemException(new Problem.Forbidden("No."));
          }
        };
    try (HttpServer server = Servers.start(handler)) {
      assertThat(RawClient.get(server.port(), "/").status()).isEqualTo(403);
    }
  }

  @Test
  void aHeaderThatCannotBeSentIsABug() throws IOException {
    try (HttpServer server =
        Servers.start(_ -> Response.text(200, "hello").with("x-evil", "a\r\nset-cookie: b"))) {
      RawClient.Answer answer = RawClient.get(server.port(), "/");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("set-cookie")).isNull();
      assertThat(answer.header("x-evil")).isNull();
    }
  }

  @Test
  void idsDiffer() throws IOException {
    List<String> ids = new ArrayList<>();
    try (HttpServer server = Servers.start(request -> Response.text(200, request.id()))) {
      for (int i = 0; i < 3; i++) {
        RawClient.Answer answer = RawClient.get(server.port(), "/");
        assertThat(answer.header("x-request-id")).isEqualTo(answer.text()).hasSizeGreaterThan(8);
        ids.add(answer.text());
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
  }
}
