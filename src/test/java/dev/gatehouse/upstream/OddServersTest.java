package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What answers may be no web server at all.
final class OddServersTest {
  @TempDir Path scratch;

  private DocumentAnswer askOneThatSays(String answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        TestingClient client = new TestingClient(scratch)) {
      Thread.startVirtualThread(() -> answer(server, answer));
      URI base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      return client.packument(base, "a");
    }
  }

  private static void answer(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException _) {
        // The client has broken off, or the test is over.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nContent-Length: 2",
        "HTTP/1.1 999999 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: odd\r\n\r\n{}",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      })
  void failsOnAnswersThatAreNone(String answer) throws Exception {
    assertThat(failed(askOneThatSays(answer)).sentence()).contains("127.0.0.1");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void failsOnAnEndlessHeader() throws Exception {
    String header = "x: " + "x".repeat(1_000_000) + "\r\n";
    assertThat(failed(askOneThatSays("HTTP/1.1 200 OK\r\n" + header)).sentence())
        .contains("does not speak HTTP");
  }

  @Test
  void failsOnEndlessHeaders() throws Exception {
    String headers = "x: y\r\n".repeat(10_000);
    assertThat(failed(askOneThatSays("HTTP/1.1 200 OK\r\n" + headers + "\r\n{}")).sentence())
        .contains("does not speak HTTP");
  }

  @Test
  void asksForAPathThatBeginsWithTwoSlashes() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        TestingClient client = new TestingClient(scratch)) {
      Thread.startVirtualThread(
          () -> answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
      URI base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      try (TarballStream stream =
          TestingClient.opened(client.tarball(base, URI.create(base + "/a.tgz")))) {
        assertThat(stream.body().readAllBytes()).asString().isEqualTo("ok");
      }
    }
  }

  @Test
  void takesADocumentThatEndsWithItsConnection() throws Exception {
    assertThat(TestingClient.text(askOneThatSays("HTTP/1.0 200 OK\r\n\r\n{}"))).isEqualTo("{}");
  }
}
