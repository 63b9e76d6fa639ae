package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a\" | 304",
        "W/\"a\" | 304",
        "\"x\", \"a\" | 304",
        "\"x,\", W/\"a\" | 304",
        "* | 304",
        "a | 200",
        "\"b\" | 200",
        "\"ab\" | 200",
        "\"x, \"a | 200",
        "\"a | 200",
      })
  void comparesEntityTagsWeakly(String header, int status) throws IOException {
    try (HttpServer server =
        Servers.start(request ->
            request.matches("\"a\"")
                ? Response.empty(304).with("ETag", "\"a\"")
                : Response.empty(200))) {
      RawClient.Answer answer = RawClient.get(server.port(), "/", "If-None-Match: " + header);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(RawClient.get(server.port(), "/").status()).isEqualTo(200);
      assertThat(
              RawClient.get(server.port(), "/", "If-None-Match: \"z\"", "If-None-Match: " + header)
                  .status())
          .isEqualTo(status);
    }
  }

  @Test
  void sends304WithoutABodyAndKeepsTheConnection() throws IOException {
    try (HttpServer server = Servers.start(_ -> Response.empty(304).with("ETag", "\"a\""));
        RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        client.head("GET", "/");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("etag")).isEqualTo("\"a\"");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/?q=a+b%20c&x=1 | [a b c]",
        "/?x=1&q= | []",
        "/?q | []",
        "/?q=1&q=2 | [1]",
        "/?x=q | null",
        "/ | null",
        "/?%71=caf%C3%A9 | [café]",
        "/?q=a=b | [a=b]",
      })
  void readsQueries(String target, String shown) throws IOException {
    try (HttpServer server =
        Servers.start(request -> {
          String value = request.query("q");
          return Response.text(200, value == null ? "null" : "[" + value + "]");
        })) {
      assertThat(RawClient.get(server.port(), target).text()).isEqualTo(shown);
    }
  }

  @Test
  void refusesAQueryThatCannotBeDecoded() throws IOException {
    try (HttpServer server =
        Servers.start(request -> Response.text(200, "" + request.query("q")))) {
      assertThat(RawClient.get(server.port(), "/?q=%ff").status()).isEqualTo(400);
      assertThat(RawClient.get(server.port(), "/?q=%0a").status()).isEqualTo(400);
    }
  }

  @Test
  void carriesWhatAFilterAttaches() throws IOException {
    record Badge(String name) {}
    Handler inner =
        request -> {
          Badge badge = request.attachment(Badge.class);
          return Response.text(200, badge == null ? "nobody" : badge.name());
        };
    Handler filter =
        request -> {
          request.attach(Badge.class, new Badge("ada"));
          return inner.handle(request);
        };
    try (HttpServer open = Servers.start(inner);
        HttpServer filtered = Servers.start(filter)) {
      assertThat(RawClient.get(open.port(), "/").text()).isEqualTo("nobody");
      assertThat(RawClient.get(filtered.port(), "/").text()).isEqualTo("ada");
    }
  }

  @Test
  void knowsHeadersInAnyCase() throws IOException {
    try (HttpServer server =
        Servers.start(request ->
            Response.text(
                200, request.header("x-a") + request.headers("X-A") + request.contentLength()))) {
      assertThat(RawClient.get(server.port(), "/", "X-a: 1", "x-A: 2").text())
          .isEqualTo("1[1, 2]-1");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (HttpServer server = Servers.start(request -> Response.text(200, request.path()));
        RawClient client = new RawClient(server.port())) {
      client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("/1");
      assertThat(client.answer().text()).isEqualTo("/2");
    }
  }
}
