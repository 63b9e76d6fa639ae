package dev.gatehouse.web.npm.read;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths that mean to climb, hide or confuse: refused with a sentence, and nobody else hears of
/// them.
final class HostilePathsTest {
  @AutoClose private final Reader reader = new Reader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "%2e%2e%2fleft-pad",
        "..%5c..%5cwindows",
        "a%5cb",
        "a%00b",
        "%00",
        "a%0d%0aset-cookie:%20b",
        "%c0%ae%c0%ae/left-pad",
        "%c0%af",
        "%e0%80%af",
        "%ff",
        "%ed%a0%80",
        "%252e%252e%252fleft-pad",
        "@team%252fpad",
        "%",
        "%2",
        "%zz",
        "@/pad",
        "@team/",
        "@team%2f",
        "@team%2f..",
        "@..%2fpad",
        ".hidden/../left-pad",
        "left-pad/../../setup/x",
        "left-pad/-/../left-pad-1.0.0.tgz",
        "left-pad/-/..%2fleft-pad-1.0.0.tgz",
        "left-pad/-/%2e%2e%2f%2e%2e%2fgatehouse.db",
        "left-pad/-/left-pad-1.0.0%00.tgz",
        "left-pad/%2e%2e",
        "left-pad/1.0.0%2f..",
        "-/npm/v1/attestations/..%2f..@1.0.0",
        "-/npm/v1/attestations/left-pad@..%2f..",
        "-/npm/v1/attestations/@1.0.0",
        "-/npm/v1/attestations/"
      })
  void areRefusedWithASentence(String path) throws IOException {
    String answer = raw("/r/default/" + path);

    assertThat(answer).as(path).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(answer).as(path).contains("\"error\":\"").doesNotContain("set-cookie");
    assertThat(reader.upstream().requests())
        .as(path)
        .allSatisfy(asked -> assertThat(asked.rawPath()).isEqualTo("/left-pad"));
    assertThat(reader.server.blobs()).isEmpty();
  }

  @Test
  void aNameThatIsLongerThanAnyIsRefused() throws IOException {
    String answer = raw("/r/default/" + "a".repeat(300));
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"error\":\"");
    assertThat(reader.upstream().requests()).isEmpty();
  }

  /// Sent as it is: a client library would tidy it up.
  private String raw(String path) throws IOException {
    URI url = URI.create(reader.server.url());
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer %s\r\nconnection: close\r\n\r\n"
                  .formatted(path, reader.token)
                  .getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
