package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.packument.Documents;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents of every shape, as clients get them.
final class DocumentsTest {
  private static final String PAD = "/r/default/left-pad";

  @AutoClose private final Reader reader = new Reader();

  static List<Path> recorded() throws IOException {
    return Documents.recorded();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void servesARecordedDocumentInBothForms(Path file) throws IOException {
    String base = reader.server.url() + "/r/default";
    byte[] json = Documents.read(file);
    String name = Documents.tree(json).get("name").textValue();
    reader.upstream().put(name, json);
    var view = Documents.view(Documents.index(json, name));

    TestingReply full = reader.get("/r/default/" + name.replace("/", "%2f"));
    TestingReply abbreviated = reader.get("/r/default/" + name, "accept", Reader.ABBREVIATED);

    if (view.versions().isEmpty()) {
      assertThat(full.status()).isEqualTo(404);
      assertThat(abbreviated.status()).isEqualTo(404);
    } else {
      assertThat(tree(full).equals(tree(Documents.full(view), base))).isTrue();
      assertThat(tree(abbreviated).equals(tree(Documents.abbreviated(view), base))).isTrue();
    }
  }

  @Test
  void tellsTheDocumentsDateWhereItGivesNoTime() {
    put("1.0.0").lastModified(Instant.parse("2024-05-06T07:08:09Z"));

    assertThat(time("1.0.0")).isEqualTo("2024-05-06T07:08:09.000Z");
  }

  @Test
  void tells1970WhereThereIsNoDateEither() {
    put("1.0.0");

    assertThat(time("1.0.0")).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  @Test
  void tellsWhenAVersionWasFirstSeenThatCameLater() {
    put("1.0.0");
    reader.get(PAD);
    reader.clock.advance(Duration.ofDays(2));
    String now = "2026-11-24T12:00:00.000Z";
    put("1.0.1");

    assertThat(time("1.0.1")).isEqualTo(now);
    reader.clock.advance(Duration.ofDays(2));
    reader.server.restart();
    put("1.0.1").header("X-Other", "answer");
    assertThat(time("1.0.1")).as("for ever").isEqualTo(now);
  }

  @Test
  void aNameThatWasMissingBeforeIsNotKnownThereby() {
    assertThat(reader.get(PAD).status()).isEqualTo(404);
    reader.clock.advance(Duration.ofMinutes(2));
    put("1.0.0");

    assertThat(time("1.0.0")).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  @Test
  void dropsVersionsThatAreNone() {
    reader
        .upstream()
        .put(
            "left-pad",
            "{\"name\":\"left-pad\",\"dist-tags\":{\"latest\":\"1.0.1.2\"},\"versions\":{"
                + "\"1.0.1.2\":{\"name\":\"left-pad\",\"version\":\"1.0.1.2\",\"dist\":{}},"
                + "\"1.0.0\":{\"name\":\"left-pad\",\"version\":\"1.0.0\",\"dist\":{}}}}");

    TestingReply reply = reader.get(PAD);

    assertThat(Reader.versions(reply)).containsExactly("1.0.0");
    assertThat(reply.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    assertThat(reader.get(PAD + "/1.0.1.2").status()).isEqualTo(404);
  }

  @Test
  void tellsNamesApartThatDifferInCaseOnly() {
    TestingPackage.of("JSONStream", "1.0.0").putAt(reader.upstream());
    TestingPackage.of("jsonstream", "2.0.0").putAt(reader.upstream());

    for (int i = 0; i < 2; i++) {
      assertThat(Reader.versions(reader.get("/r/default/JSONStream"))).containsExactly("1.0.0");
      assertThat(Reader.versions(reader.get("/r/default/jsonstream"))).containsExactly("2.0.0");
      reader.server.restart();
    }
  }

  @Test
  void aPackageThatWasTakenBackIsMissing() {
    reader
        .upstream()
        .put(
            "left-pad",
            "{\"name\":\"left-pad\",\"time\":{\"unpublished\":{\"time\":\"2020-01-01T00:00:00Z\","
                + "\"versions\":[\"1.0.0\"]}}}");

    assertThat(reader.get(PAD).status()).isEqualTo(404);
    assertThat(reader.get(PAD + "/1.0.0").status()).isEqualTo(404);
  }

  @Test
  void whoeverWaitsIsToldWhenADocumentCannotBeTakenIn() throws Exception {
    put("1.0.0");
    Files.delete(reader.server.services().blobs().scratch());
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<TestingReply>> tasks =
          IntStream.range(0, 20)
              .mapToObj(_ -> (Callable<TestingReply>) () -> reader.get(PAD))
              .toList();
      for (Future<TestingReply> reply : clients.invokeAll(tasks)) {
        assertThat(reply.get().status()).isEqualTo(502);
        assertThat(reply.get().error()).contains("left-pad").contains("could not be taken in");
      }
    }
    Files.createDirectory(reader.server.services().blobs().scratch());
    reader.clock.advance(Duration.ofMinutes(1));

    assertThat(reader.get(PAD).status()).isEqualTo(200);
  }

  private dev.gatehouse.testing.TestingAnswer put(String version) {
    var made = new TestingPackage("left-pad", version, null);
    return reader
        .upstream()
        .put("left-pad", made.packument(reader.upstream().url(), made.tarball()));
  }

  private String time(String version) {
    return reader.get(PAD).json().path("time").path(version).asText();
  }

  private static JsonNode tree(TestingReply reply) throws IOException {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return withoutRevision(reply.body());
  }

  private static JsonNode tree(byte[] json, String base) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8).replace(Documents.REGISTRY, base);
    return withoutRevision(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode withoutRevision(byte[] json) throws IOException {
    return ((ObjectNode) Documents.tree(json)).without("_rev");
  }
}
