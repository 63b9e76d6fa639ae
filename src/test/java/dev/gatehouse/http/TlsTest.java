package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TlsTest {
  @TempDir static Path keys;
  private static TestingCertificate first;

  @TempDir Path folder;
  private Path chain;
  private Path key;

  @BeforeAll
  static void make() throws Exception {
    first = TestingCertificate.of(keys, "first", "EC");
  }

  @BeforeEach
  void certificate() throws Exception {
    chain = folder.resolve("chain.pem");
    key = folder.resolve("key.pem");
    first.writeCertificate(chain);
    first.writeKey(key);
  }

  private HttpServer start(Handler handler) throws IOException {
    return HttpServer.start(
        new HttpSettings(
            "127.0.0.1", 0, null, null, List.of(), chain, key, HttpSettings.Limits.defaults()),
        handler);
  }

  private HttpResponse<String> send(
      HttpServer server, HttpClient.Version version, HttpRequest.Builder request) throws Exception {
    URI uri = URI.create("https://localhost:" + server.port() + "/");
    try (HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(first.trusting()).build()) {
      return client.send(request.uri(uri).build(), BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void speaksBothVersions(HttpClient.Version version) throws Exception {
    try (HttpServer server = start(request -> Response.text(200, request.baseUrl()))) {
      HttpResponse<String> answer = send(server, version, HttpRequest.newBuilder());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.body()).isEqualTo("https://localhost:" + server.port());
      assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void sendsFilesAndTheirParts(HttpClient.Version version) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "0123456789".repeat(100_000));
    Handler handler = _ -> Response.of(200, "text/plain", new Body.File(file, 0, 1_000_000));
    try (HttpServer server = start(handler)) {
      assertThat(send(server, version, HttpRequest.newBuilder()).body())
          .isEqualTo(Files.readString(file));
      HttpResponse<String> part =
          send(server, version, HttpRequest.newBuilder().header("Range", "bytes=999998-"));
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("89");
      HttpResponse<String> head = send(server, version, HttpRequest.newBuilder().HEAD());
      assertThat(head.headers().firstValue("content-length")).hasValue("1000000");
      assertThat(head.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void streamsBothWays(HttpClient.Version version) throws Exception {
    String text = "0123456789".repeat(200_000);
    Handler echo =
        request ->
            Response.of(
                200, "text/plain", new Body.Stream(-1, out -> request.body().transferTo(out)));
    try (HttpServer server = start(echo)) {
      assertThat(
              send(server, version, HttpRequest.newBuilder().PUT(BodyPublishers.ofString(text)))
                  .body())
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void cutsAStreamThatFailsHalfWay(HttpClient.Version version) throws Exception {
    Handler failing =
        _ ->
            Response.of(
                200,
                "text/plain",
                new Body.Stream(
                    -1,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("the upstream broke");
                    }));
    try (HttpServer server = start(failing)) {
      assertThatThrownBy(() -> send(server, version, HttpRequest.newBuilder()))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void refusesWithoutReadingTheBody(HttpClient.Version version) throws Exception {
    try (HttpServer server = start(_ -> ProblemMapper.error(403, "No."))) {
      HttpResponse<String> answer =
          send(
              server,
              version,
              HttpRequest.newBuilder().PUT(BodyPublishers.ofByteArray(new byte[2_000_000])));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).isEqualTo("{\"error\":\"No.\"}");
    }
  }

  @Test
  void takesANewCertificateWithoutARestart() throws Exception {
    TestingCertificate second = TestingCertificate.of(folder, "second", "RSA");
    try (HttpServer server = start(_ -> Response.text(200, "hello"))) {
      assertThat(first.seenAt(server.port())).isEqualTo("CN=first");
      second.writeCertificate(chain);
      server.checkCertificate();
      assertThat(first.seenAt(server.port()))
          .as("the key is still the old one")
          .isEqualTo("CN=first");
      second.writeKey(key);
      server.checkCertificate();
      assertThat(second.seenAt(server.port())).isEqualTo("CN=second");
      assertThatThrownBy(() -> first.seenAt(server.port())).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void keepsTheOldCertificateWhenTheNewOneIsBroken() throws Exception {
    try (HttpServer server = start(_ -> Response.text(200, "hello"))) {
      Files.writeString(chain, "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n");
      server.checkCertificate();
      assertThat(first.seenAt(server.port())).isEqualTo("CN=first");
      Files.delete(key);
      server.checkCertificate();
      assertThat(first.seenAt(server.port())).isEqualTo("CN=first");
    }
  }

  @Test
  void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
    TestingCertificate.of(folder, "other", "EC").writeKey(key);
    assertThatThrownBy(() -> start(_ -> Response.text(200, "hello")).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not belong to the certificate");
  }
}
