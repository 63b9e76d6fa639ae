package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutingTest {
  private HttpServer server;

  @BeforeAll
  void start() throws IOException {
    Router registry =
        new Router()
            .route("GET", "", request -> said(request, "root", "registry"))
            .route("GET", "-/ping", request -> said(request, "ping", "registry"))
            .route("GET", "-/package/{name}/dist-tags", request -> said(request, "tags", "name"))
            .route("PUT", "-/package/{name}/dist-tags/{tag}", RoutingTest::tag)
            .route("DELETE", "-/package/{name}/dist-tags/{tag}", RoutingTest::tag)
            .route("GET", "{name}", request -> said(request, "packument", "name"))
            .route("PUT", "{name}", request -> said(request, "publish", "name"))
            .route("GET", "{name}/{version}", RoutingTest::version)
            .route("GET", "{name}/-/{file}", RoutingTest::tarball);
    Router root =
        new Router()
            .mount("r/{registry}", registry)
            .mount("w/{workspace}/r/{registry}", registry)
            .route("GET", "app/{path*}", request -> said(request, "app", "path"));
    server = Servers.start(root);
  }

  @AfterAll
  void stop() {
    server.stop();
  }

  private static Response said(Request request, String route, String variable) {
    return Response.text(200, route + " " + request.variable(variable));
  }

  private static Response tag(Request request) {
    return Response.text(200, request.variable("name") + " tag " + request.variable("tag"));
  }

  private static Response version(Request request) {
    return Response.text(200, request.variable("name") + " version " + request.variable("version"));
  }

  private static Response tarball(Request request) {
    return Response.text(
        200,
        request.variable("registry")
            + " "
            + request.variable("name")
            + " "
            + request.variable("file"));
  }

  @ParameterizedTest
  @CsvSource({
    "/r/main/@s%2fn, packument @s/n",
    "/r/main/@s%2Fn, packument @s/n",
    "/r/main/%40s%2fn, packument @s/n",
    "/r/main/@s/n, packument @s/n",
    "/r/main//@s/n, packument @s/n",
    "/w/acme/r/main/@s/n, packument @s/n",
    "/r/main/lodash, packument lodash",
    "/r/main/lodash/, packument lodash",
    "/r/main/lodash?write=true, packument lodash",
    "/r/main//lodash, packument lodash",
    "/r/main/@a/b/1.0.0, @a/b version 1.0.0",
    "/r/main/@a%2fb/1.0.0, @a/b version 1.0.0",
    "/r/main/a/b, a version b",
    "/r/main/@s%2fn/-/n-1.0.0.tgz, main @s/n n-1.0.0.tgz",
    "/r/main/@s/n/-/n-1.0.0.tgz, main @s/n n-1.0.0.tgz",
    "/r/main/n/-/n-1.0.0.tgz, main n n-1.0.0.tgz",
    "/r/main, root main",
    "/r/main/, root main",
    "/w/acme/r/main/, root main",
    "/r/main/-/ping, ping main",
    "/r/main/-/package/@s%2fn/dist-tags, tags @s/n",
    "/r/main/-/package/@s/n/dist-tags, tags @s/n",
    "/app/a/b.js, app a/b.js",
    "/app, 'app '",
  })
  void findsTheRoute(String path, String answer) throws IOException {
    assertThat(RawClient.get(server.port(), path).text()).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/r",
        "/nowhere",
        "/r/main/@s",
        "/r/main/a%2fb",
        "/r/main/-",
        "/r/main/-/unknown",
        "/r/main/@s%2f",
        "/r/main/@%2fn",
        "/r/main/@s%2fn%2fm",
        "/r/main/a//b/c"
      })
  void knowsNothingElse(String path) throws IOException {
    RawClient.Answer answer = RawClient.get(server.port(), path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).startsWith("{\"error\":\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/main/%c0%ae%c0%ae", // an overlong dot
        "/r/main/%ed%a0%80", // a surrogate
        "/r/main/%ff",
        "/r/main/a%00b",
        "/r/main/a%0d%0ab",
        "/r/main/a%c2%85b",
        "/r/main/%",
        "/r/main/%2",
        "/r/main/%zz",
        "/r/main/%+1",
        "/r/main/..",
        "/r/main/../secret",
        "/r/main/%2e%2e/secret",
        "/r/main/.%2e",
        "/r/main/./a",
        "/r/main/a%2f..%2fb",
        "/r/main/a%5cb",
        "/r/main/a\\b",
        "/r/main/caf\u00e9",
      })
  void refusesWhatCannotBeDecodedStrictly(String path) throws IOException {
    assertThat(RawClient.get(server.port(), path).status()).isEqualTo(400);
  }

  @Test
  void decodesOnce() throws IOException {
    assertThat(RawClient.get(server.port(), "/r/main/a%252fb").text()).isEqualTo("packument a%2fb");
  }

  @Test
  void namesTheMethodsThatAPathKnows() throws IOException {
    RawClient.Answer answer =
        RawClient.ask(server.port(), "POST", "/r/main/-/package/a/dist-tags/latest");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("DELETE, PUT");
    assertThat(RawClient.ask(server.port(), "POST", "/r/main/a").header("allow"))
        .isEqualTo("GET, HEAD, PUT");
  }

  @Test
  void answersHeadByGet() throws IOException {
    RawClient.Answer answer = RawClient.ask(server.port(), "HEAD", "/r/main/lodash");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("16");
  }
}
