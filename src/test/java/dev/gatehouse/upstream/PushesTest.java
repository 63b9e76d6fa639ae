package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.testing.TestingRequest;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PushesTest {
  @TempDir Path scratch;
  private final TestingUpstream upstream = TestingUpstream.start();
  private TestingClient client;
  private UpstreamSource source;

  @BeforeEach
  void open() {
    client = new TestingClient(scratch);
    source = new UpstreamSource(upstream.url(), new Credential.Bearer("s3cret"));
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private static PublishBody body(byte[] tarball) {
    return new PublishBody(
        "{\"_id\":\"@s/n\"} ",
        "@s/n-1.0.0.tgz",
        tarball.length,
        () -> new ByteArrayInputStream(tarball));
  }

  private PushAnswer publish() {
    return client
        .client()
        .publish(source, new PackageName("@s/n"), body(new byte[10]), Hops.none());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 200_000})
  void publishesADocumentWithItsTarball(int length) throws JsonProcessingException {
    upstream.at("/@s/n").status(201).body("{\"ok\":true}");
    byte[] tarball = bytes(length);
    assertThat(client.client().publish(source, new PackageName("@s/n"), body(tarball), Hops.none()))
        .isEqualTo(new PushAnswer.Accepted());
    TestingRequest request = upstream.requests().getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.rawPath()).isEqualTo("/@s%2fn");
    assertThat(request.header("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(request.header("Content-Type")).startsWith("application/json");
    assertThat(request.header("Content-Length")).isEqualTo("" + request.body().length());
    JsonNode sent = new ObjectMapper().readTree(request.body());
    assertThat(sent.path("_id").asText()).isEqualTo("@s/n");
    JsonNode attachment = sent.path("_attachments").path("@s/n-1.0.0.tgz");
    assertThat(Base64.getDecoder().decode(attachment.path("data").asText())).isEqualTo(tarball);
    assertThat(attachment.path("length").asInt()).isEqualTo(length);
  }

  @Test
  void sendsATextBesideTheTarballAsClientsDo() throws IOException {
    upstream.at("/@s/n").status(201);
    PublishBody both =
        new PublishBody(
            "{\"_id\":\"@s/n\"}",
            "@s/n-1.0.0.tgz",
            4,
            () -> new ByteArrayInputStream(new byte[4]),
            new PublishBody.Text("@s/n-1.0.0.sigstore", "a/b", "{\"ü\":1}"));
    assertThat(client.client().publish(source, new PackageName("@s/n"), both, Hops.none()))
        .isEqualTo(new PushAnswer.Accepted());
    JsonNode sent = new ObjectMapper().readTree(upstream.requests().getFirst().body());
    assertThat(sent.path("_attachments").toString())
        .isEqualTo(
            """
            {"@s/n-1.0.0.tgz":{"content_type":"application/octet-stream","data":"AAAAAA==","length":4},\
            "@s/n-1.0.0.sigstore":{"content_type":"a/b","data":"{\\"ü\\":1}","length":7}}\
            """);
  }

  @Test
  void doesNotPublishATarballOfAnotherLength() {
    upstream.at("/@s/n").status(201);
    for (int length : new int[] {9, 11}) {
      PublishBody wrong =
          new PublishBody("{\"a\":1}", "a", length, () -> new ByteArrayInputStream(new byte[10]));
      assertThatThrownBy(
              () -> client.client().publish(source, new PackageName("@s/n"), wrong, Hops.none()))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void refusesADocumentWithoutFields() {
    PublishBody empty = new PublishBody("{}", "a", 0, () -> new ByteArrayInputStream(new byte[0]));
    assertThatThrownBy(
            () -> client.client().publish(source, new PackageName("a"), empty, Hops.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 422})
  void passesOnWhatTheUpstreamSays(int status) {
    upstream.at("/@s/n").status(status).body("{\"error\":\"no\\u001b[1m way, s3cret\"}");
    assertThat(publish())
        .isInstanceOfSatisfying(
            PushAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.sentence()).endsWith("It says: no [1m way, ***");
            });
    assertThat(upstream.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{\"error\":{}}", "{\"error\":\" \"}"})
  void managesWithoutTheUpstreamsWords(String body) {
    upstream.at("/@s/n").status(409).body(body);
    assertThat(publish())
        .isInstanceOfSatisfying(
            PushAnswer.Refused.class,
            refused -> assertThat(refused.sentence()).doesNotContain("It says"));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 429, 500, 503})
  void sendsOnceOnly(int status) {
    upstream.at("/@s/n").status(status).header("Location", upstream.url("/b").toString());
    assertThat(publish()).isInstanceOf(PushAnswer.Failed.class);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void setsATag() {
    upstream.at("/-/package/@s/n/dist-tags/next one").status(201).body("{\"ok\":true}");
    UpstreamClient.Tag tag = new UpstreamClient.Tag(new PackageName("@s/n"), "next one", "1.0.0");
    assertThat(client.client().tag(source, tag, Hops.none())).isEqualTo(new PushAnswer.Accepted());
    TestingRequest request = upstream.requests().getFirst();
    assertThat(request.rawPath()).isEqualTo("/-/package/@s%2fn/dist-tags/next%20one");
    assertThat(request.body()).isEqualTo("\"1.0.0\"");
  }
}
