package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/compare`.
@OnBothDatabases
final class ComparisonApiTest {
  private static final String COMPARE = "registries/default/packages/@acme/widget/compare";
  private static final String BOTH = COMPARE + "?before=1.0.0&after=1.1.0";
  private static final String TEXT = COMPARE + "/text?before=1.0.0&after=1.1.0";

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api api;
  private final Api ada;

  ComparisonApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    api = Api.of(server);
    ada = api.with("authorization", "Bearer " + token);
    publish(
        PackageBuilder.named("@acme/widget")
            .manifest(manifest -> {
              manifest.put("license", "MIT");
              manifest.putObject("dependencies").put("left-pad", "^1.0.0").put("gone", "1");
              manifest.putObject("scripts").put("test", "node test");
            })
            .file("index.js", "one\ntwo\n")
            .file("old.js", "old\n")
            .file("same.js", "same\n"));
    publish(
        PackageBuilder.named("@acme/widget")
            .version("1.1.0")
            .manifest(manifest -> {
              manifest.put("license", "UNLICENSED");
              manifest.putObject("dependencies").put("left-pad", "^2.0.0").put("new", "*");
              manifest.putObject("scripts").put("test", "node test").put("postinstall", "curl x");
            })
            .file("index.js", "one\nTWO\n")
            .file("same.js", "same\n")
            .file("new.node", new byte[] {0}));
  }

  private void publish(PackageBuilder builder) {
    TestingReply reply =
        server.put(token, "/r/default/@acme%2fwidget", builder.publishDocument().toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  @Test
  void tellsWhichFilesCameWentAndChanged() {
    JsonNode shown = api.token("rita", Role.READ_ONLY).get(BOTH).json();
    List<String> files = new ArrayList<>();
    for (JsonNode file : shown.path("files")) {
      files.add(file.at("/before/path").asText() + ">" + file.at("/after/path").asText());
    }
    assertThat(files)
        .containsExactly("index.js>index.js", ">new.node", "old.js>", "package.json>package.json");
    assertThat(shown.path("fileCount").asInt()).isEqualTo(4);
    assertThat(shown.path("cut").asBoolean()).isFalse();
    assertThat(shown.path("faults")).isEmpty();
  }

  @Test
  void tellsWhatDiffersInTheManifest() {
    JsonNode shown = ada.get(BOTH).json();
    assertThat(shown.path("fields").toString())
        .isEqualTo(
            "[{\"name\":\"license\",\"before\":\"MIT\",\"after\":\"UNLICENSED\"},"
                + "{\"name\":\"version\",\"before\":\"1.0.0\",\"after\":\"1.1.0\"}]");
    assertThat(shown.path("scripts").toString())
        .isEqualTo("[{\"name\":\"postinstall\",\"before\":null,\"after\":\"curl x\"}]");
    assertThat(shown.path("dependencies").toString())
        .isEqualTo(
            "[{\"kind\":\"dependencies\",\"name\":\"gone\",\"before\":\"1\",\"after\":null},"
                + "{\"kind\":\"dependencies\",\"name\":\"left-pad\",\"before\":\"^1.0.0\",\"after\":\"^2.0.0\"},"
                + "{\"kind\":\"dependencies\",\"name\":\"new\",\"before\":null,\"after\":\"*\"}]");
  }

  @Test
  void comparesTextLineByLine() {
    JsonNode changed = ada.get(TEXT + "&beforeFile=1&afterFile=1").json();
    assertThat(changed.at("/hunks/0/lines").toString())
        .isEqualTo(
            "[{\"kind\":\"same\",\"text\":\"one\"},{\"kind\":\"removed\",\"text\":\"two\"},"
                + "{\"kind\":\"added\",\"text\":\"TWO\"}]");
    JsonNode gone = ada.get(TEXT + "&beforeFile=2").json();
    assertThat(gone.path("removed").asInt()).isEqualTo(1);
    assertThat(gone.path("added").asInt()).isZero();
    JsonNode binary = ada.get(TEXT + "&afterFile=3").json();
    assertThat(binary.path("text").asBoolean()).isFalse();
  }

  @Test
  void refusesWhatItCannotCompare() {
    assertThat(ada.get(COMPARE + "?before=1.0.0").status()).isEqualTo(400);
    assertThat(ada.get(COMPARE + "?before=1.0.0&after=9.9.9").status()).isEqualTo(404);
    assertThat(ada.get(TEXT).status()).isEqualTo(400);
    assertThat(ada.get(TEXT + "&beforeFile=x").status()).isEqualTo(400);
    assertThat(ada.get(TEXT + "&beforeFile=77").status()).isEqualTo(404);
  }

  @Test
  void showsWhatIsWithheldToThoseAloneWhoDecide() {
    String quarantine =
        "{\"name\":\"@acme/widget\",\"version\":\"1.1.0\",\"state\":\"quarantined\",\"reason\":\"Odd\"}";
    assertThat(ada.post("registries/default/decisions", quarantine).status()).isEqualTo(204);
    Api developer = api.token("dora", Role.DEVELOPER);
    assertThat(developer.get(BOTH).status()).isEqualTo(403);
    assertThat(developer.get(TEXT + "&afterFile=1").status()).isEqualTo(403);
    assertThat(developer.get(TEXT + "&beforeFile=1").status()).isEqualTo(200);
    assertThat(ada.get(BOTH).status()).isEqualTo(200);
    assertThat(ada.get(TEXT + "&afterFile=1").status()).isEqualTo(200);
  }

  @Test
  void isOfItsOwnWorkspace() {
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.get(BOTH).status()).isEqualTo(404);
    assertThat(stranger.get(TEXT + "&beforeFile=1").status()).isEqualTo(404);
  }

  @Test
  void answersManyAtOnceOrSaysThatItIsBusy() throws Exception {
    List<Callable<Integer>> looks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      looks.add(() -> ada.get(BOTH).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(looks)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).contains(200).isSubsetOf(200, 503);
  }
}
