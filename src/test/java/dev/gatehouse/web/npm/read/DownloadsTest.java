package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// It is known who fetched what.
final class DownloadsTest {
  private static final String PATH = "/r/default/@s/pad/-/pad-1.0.0.tgz";

  @AutoClose private final Reader reader = new Reader();

  @BeforeEach
  void publish() {
    TestingPackage.of("@s/pad", "1.0.0").putAt(reader.upstream());
  }

  @Test
  void aDownloadIsKnownWithItsUserTokenAndAddressColdWarmAndInPart() {
    assertThat(reader.get(PATH).status()).isEqualTo(200);
    assertThat(reader.get(PATH).status()).isEqualTo(200);
    assertThat(reader.get(PATH, "range", "bytes=0-9").status()).isEqualTo(206);

    JsonNode row = only(downloads("@s/pad"));

    assertThat(row.path("version").asText()).isEqualTo("1.0.0");
    assertThat(row.path("registry").asText()).isEqualTo("default");
    assertThat(row.path("by").asText()).isEqualTo("user:ada");
    assertThat(row.path("token").asText()).isEqualTo(key());
    assertThat(row.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(row.path("first").asText()).isEqualTo(reader.clock.instant().toString());
    assertThat(row.path("times").asInt()).isEqualTo(3);
  }

  @Test
  void whoeverGotNoByteHasDownloadedNothing() {
    TestingReply reply = reader.get("/r/default/@s/pad");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reader.send("HEAD", reader.server.url() + PATH).status()).isEqualTo(200);
    assertThat(reader.get("/r/default/@s/pad/-/pad-2.0.0.tgz").status()).isEqualTo(404);
    assertThat(reader.server.get(null, PATH).status()).isEqualTo(401);
    assertThat(downloads("@s/pad")).isEmpty();

    reader.get(PATH);
    reader.server.services().downloads().flush();
    for (int i = 0; i < 2; i++) {
      assertThat(reader.get(PATH, "range", "bytes=99999999-").status()).isEqualTo(416);
      reader.server.restart();
    }
    assertThat(only(downloads("@s/pad")).path("times").asInt()).as("but the first").isEqualTo(1);

    String etag = String.valueOf(reader.get(PATH).header("etag"));
    for (int i = 0; i < 2; i++) {
      assertThat(reader.get(PATH, "if-none-match", etag).status()).isEqualTo(304);
      reader.server.restart();
    }
    assertThat(reader.send("HEAD", reader.server.url() + PATH).status()).isEqualTo(200);
    assertThat(reader.get(PATH).status()).isEqualTo(200);
    assertThat(reader.send("HEAD", reader.server.url() + PATH).status()).isEqualTo(200);

    assertThat(only(downloads("@s/pad")).path("times").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsNotWrittenYetIsWrittenWhenTheServerStops() {
    reader.get(PATH);
    reader.server.restart();

    assertThat(operate("@s/pad")).hasSize(1);
  }

  @Test
  void itIsKnownOfTheRegistryThatWasAskedAlone() {
    Registry lower = reader.server.registry();
    reader.registry("team", new Upstreams.Here(lower));
    reader.get("/r/team/@s/pad/-/pad-1.0.0.tgz");

    assertThat(only(downloads("@s/pad")).path("registry").asText()).isEqualTo("team");
    assertThat(downloads("@s/pad", "--registry", "default")).isEmpty();
    assertThat(downloads("@s/pad", "--registry", "team")).hasSize(1);
  }

  @Test
  void aRangeAndDaysNarrowTheList() {
    TestingPackage.of("pad", "1.5.0-rc.1").putAt(reader.upstream());
    reader.get("/r/default/pad/-/pad-1.5.0-rc.1.tgz");

    assertThat(downloads("pad@^1.2.0")).hasSize(1);
    assertThat(downloads("pad@1.5.0-rc.1", "--days", "10000")).hasSize(1);
    assertThat(downloads("pad@2.x")).isEmpty();
  }

  private JsonNode downloads(String... arguments) {
    reader.server.services().downloads().flush();
    return operate(arguments);
  }

  private JsonNode operate(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "downloads";
    all[1] = "--json";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    try {
      return JsonMapper.builder().build().readTree(reader.server.operate("", all));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode only(JsonNode rows) {
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private String key() {
    var services = reader.server.services();
    return services.access().tokens().list(reader.server.user("ada")).getFirst().key();
  }
}
