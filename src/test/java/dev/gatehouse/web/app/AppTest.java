package dev.gatehouse.web.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The web app's page and files, as the build has made them.
final class AppTest {
  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);

  private TestingReply get(String path, String accepted) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("accept-encoding", accepted)
            .build());
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    Matcher matcher = FILE.matcher(server.get(null, "/").text());
    while (matcher.find()) {
      files.add(matcher.group(1));
    }
    return files;
  }

  @Test
  void isAtEveryAddressThatItKnows() {
    String page = server.get(null, "/").text();
    assertThat(page).contains("<title>Gatehouse</title>");
    for (String path :
        List.of(
            "/sign-in",
            "/registries",
            "/registries/team/upstreams",
            "/registries/team/package/@acme/hello",
            "/tokens",
            "/team",
            "/account")) {
      TestingReply reply = server.get(null, path);
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.text()).as(path).isEqualTo(page);
    }
  }

  @Test
  void answersBelowEveryWorkspace() {
    for (String path :
        List.of("/w/mobile", "/w/mobile/", "/w/mobile/sign-in", "/w/mobile/issues/1")) {
      TestingReply reply = server.get(null, path);
      assertThat(reply.status()).as(path).isEqualTo(200);
      assertThat(reply.text()).as(path).isEqualTo(server.get(null, "/").text());
    }
  }

  @Test
  void hidesNothingElse() {
    for (String path :
        List.of(
            "/nothing",
            "/r",
            "/r/default/left-pad",
            "/w/mobile/r/default/left-pad",
            "/w/mobile/nothing",
            "/api",
            "/-/nothing")) {
      TestingReply reply = server.get(null, path);
      assertThat(reply.status()).as(path).isBetween(400, 499);
      assertThat(reply.text()).as(path).doesNotContain("<html");
    }
    assertThat(server.send(null, "POST", "/", null).status()).isEqualTo(405);
    assertThat(server.get(null, "/assets/..%2findex.html").status()).isEqualTo(400);
    assertThat(server.get(null, "/assets/none.js").status()).isEqualTo(404);
  }

  @Test
  void allowsNothingInlineAndNobodysFrame() {
    TestingReply reply = server.get(null, "/");
    assertThat(reply.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("cache-control")).isEqualTo("no-cache");
    assertThat(reply.text()).doesNotContain("<style", "style=").doesNotContainPattern("<script>");
  }

  @Test
  void handsOutWhatThePageNamesCompressedAndForGood() {
    List<String> files = files();
    assertThat(files)
        .anyMatch(file -> file.endsWith(".js"))
        .anyMatch(file -> file.endsWith(".css"));
    for (String file : files) {
      byte[] plain = get(file, "identity").body();
      TestingReply gzip = get(file, "gzip");
      assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
      assertThat(gzip.body()).as(file).isEqualTo(plain);
      TestingReply brotli = get(file, "gzip, br");
      assertThat(brotli.header("content-encoding")).isEqualTo("br");
      assertThat(brotli.header("vary")).isEqualTo("accept-encoding");
      assertThat(get(file, "br;q=0, gzip").header("content-encoding")).isEqualTo("gzip");
      if (file.startsWith("/assets/")) {
        assertThat(gzip.header("cache-control")).endsWith("immutable");
      }
    }
  }
}
