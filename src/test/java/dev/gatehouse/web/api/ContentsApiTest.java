package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/versions/{version}/files`.
@OnBothDatabases
final class ContentsApiTest {
  private static final String PACKAGES = "registries/default/packages/";
  private static final String FILES = PACKAGES + "@acme/widget/versions/1.0.0/files";

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api api;
  private final Api ada;

  ContentsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    api = Api.of(server);
    ada = api.with("authorization", "Bearer " + token);
    var document =
        PackageBuilder.named("@acme/widget")
            .file("index.html", "<script>alert(1)</script>")
            .file("LICENSE", "Do what you like")
            .file("a.node", new byte[] {0, 1, 2})
            .publishDocument();
    TestingReply reply = server.put(token, "/r/default/@acme%2fwidget", document.toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private static String detail(TestingReply reply) {
    return reply.json().path("detail").asText();
  }

  @Test
  void listsTheFilesOfAVersionForWhoeverMayRead() {
    Api reader = api.token("rita", Role.READ_ONLY);
    JsonNode shown = reader.get(FILES).json();
    assertThat(shown.path("files").findValuesAsText("path"))
        .containsExactly("package.json", "index.html", "LICENSE", "a.node");
    assertThat(shown.at("/files/1/mode").asText()).isEqualTo("644");
    assertThat(shown.at("/files/2/licence").asBoolean()).isTrue();
    assertThat(shown.path("count").asInt()).isEqualTo(4);
    assertThat(shown.path("fault").isNull()).isTrue();
  }

  @Test
  void tellsTextAsJsonAndNeverAsAPage() {
    TestingReply page = ada.get(FILES + "/1");
    assertThat(page.json().path("text").asText()).isEqualTo("<script>alert(1)</script>");
    assertThat(page.header("content-type")).startsWith("application/json");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(ada.get(FILES + "/2").json().path("text").asText()).isEqualTo("Do what you like");
    assertThat(ada.get(FILES + "/3").json().path("text").isNull()).isTrue();
  }

  @Test
  void refusesWhatIsNoVersionAndNoFile() {
    assertThat(ada.get(FILES + "/4").status()).isEqualTo(404);
    assertThat(ada.get(FILES + "/-1").status()).isEqualTo(400);
    assertThat(ada.get(FILES + "/package.json").status()).isEqualTo(400);
    assertThat(ada.get(PACKAGES + "@acme/widget/versions/9.9.9/files").status()).isEqualTo(404);
    assertThat(ada.get(PACKAGES + "nothing/versions/1.0.0/files").status()).isEqualTo(404);
    assertThat(ada.get(PACKAGES + "NOT%20a%20name/versions/1.0.0/files").status()).isEqualTo(400);
    server.upstream().at("/broken").status(500);
    assertThat(ada.get(PACKAGES + "broken/versions/1.0.0/files").status()).isEqualTo(502);
  }

  @Test
  void showsWhatIsWithheldToThoseAloneWhoDecide() {
    assertThat(
            ada.post(
                    "registries/default/decisions",
                    "{\"name\":\"@acme/widget\",\"version\":\"1.0.0\",\"state\":\"quarantined\",\"reason\":\"Odd\"}")
                .status())
        .isEqualTo(204);
    Api developer = api.token("dora", Role.DEVELOPER);
    for (String path : List.of(FILES, FILES + "/1")) {
      assertThat(developer.get(path).status()).isEqualTo(403);
      assertThat(detail(developer.get(path))).contains("withheld").contains("Odd");
      assertThat(ada.get(path).status()).isEqualTo(200);
    }
    assertThat(ada.patch("registries/default", "{\"approver\":\"developer\"}").status())
        .isEqualTo(200);
    assertThat(developer.get(FILES).status()).isEqualTo(200);
    assertThat(api.token("rita", Role.READ_ONLY).get(FILES).status()).isEqualTo(403);
  }

  @Test
  void fetchesNothingAndNotesNobody() {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    String files = PACKAGES + "left-pad/versions/1.3.0/files";
    TestingReply before = ada.get(files);
    assertThat(before.status()).isEqualTo(404);
    assertThat(detail(before)).contains("not in the store");
    assertThat(server.get(token, "/r/default/left-pad/-/left-pad-1.3.0.tgz").status())
        .isEqualTo(200);
    server.restart(); // writes what is cached, and who fetched it, behind the answers
    TestingReply after = ada.get(files);
    assertThat(after.json().path("files").findValuesAsText("path")).containsExactly("package.json");
    server.restart();
    long times =
        new Downloads(server.services().database())
            .latest(server.registry().workspace().id(), "left-pad", 10).stream()
                .mapToLong(Download::times)
                .sum();
    assertThat(times).isEqualTo(1);
  }

  @Test
  void isOfItsOwnWorkspace() {
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.get(FILES).status()).isEqualTo(404);
    assertThat(stranger.get(FILES + "/1").status()).isEqualTo(404);
    assertThat(api.get(FILES).status()).isEqualTo(401);
  }

  @Test
  void answersManyAtOnceOrSaysThatItIsBusy() throws Exception {
    List<Callable<Integer>> looks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      looks.add(() -> ada.get(FILES).status());
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
