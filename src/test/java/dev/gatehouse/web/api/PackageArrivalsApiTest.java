package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// How versions come into a registry by the API: uploaded, or pushed from another one.
@OnBothDatabases
final class PackageArrivalsApiTest {
  private static final String PUSH = "registries/default/packages/@acme/widget/versions/1.0.0/push";
  private static final String TO_STABLE = "{\"upstream\":\"stable\"}";

  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api eve;
  private final Api ada;
  private final Api rita;
  private final Api stranger;

  PackageArrivalsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    eve = api.token("eve", Role.ADMIN);
    ada = api.token("ada", Role.DEVELOPER);
    rita = api.token("rita", Role.READ_ONLY);
    stranger = Api.of(server, "other", "olga", Role.OWNER);
    server.addRegistry("stable", Registry.Settings.of(Registry.Kind.STANDARD));
    TestingReply added =
        eve.post(
            "registries/default/upstreams",
            "{\"name\":\"stable\",\"target\":\"registry:stable\",\"pushes\":true}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
  }

  private static PackageBuilder widget() {
    return PackageBuilder.named("@acme/widget")
        .manifest(manifest -> manifest.put("description", "A widget"))
        .file("README.md", "# Widget");
  }

  private TestingReply upload(Api as, String query, byte[] tarball) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/api/v1/registries/default/packages" + query))
            .POST(BodyPublishers.ofByteArray(tarball));
    as.headers().forEach(request::header);
    return server.send(request.build());
  }

  private static String detail(TestingReply reply) {
    return reply.json().path("detail").asText();
  }

  private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(calls)) {
        statuses.add(one.get());
      }
    }
    return statuses;
  }

  @Test
  void publishesATarballAsAClientWould() {
    byte[] tarball = widget().tarball();
    TestingReply reply = upload(ada, "?tag=beta", tarball);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("name").asText()).isEqualTo("@acme/widget");
    assertThat(reply.json().path("changed").asBoolean()).isTrue();
    JsonNode shown = ada.get("registries/default/packages/@acme/widget").json();
    assertThat(shown.at("/tags/beta").asText()).isEqualTo("1.0.0");
    assertThat(shown.path("readme").asText()).isEqualTo("# Widget");
    assertThat(shown.path("description").asText()).isEqualTo("A widget");
    assertThat(shown.path("owners").toString()).isEqualTo("[\"ada\"]");
    TestingReply again = upload(ada, "?tag=beta", tarball);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("changed").asBoolean()).isFalse();
    assertThat(server.audited("user:ada")).contains("version.publish default/@acme/widget@1.0.0");
    String token = server.token(server.user("ada"), TokenLimits.NONE);
    assertThat(server.get(token, "/r/default/@acme/widget/-/widget-1.0.0.tgz").body())
        .isEqualTo(tarball);
  }

  @Test
  void refusesWhatIsNoPackageAndLeavesNothing() {
    int before = server.blobs().size();
    TestingReply none = upload(ada, "", "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(none.status()).isEqualTo(400);
    assertThat(detail(none)).contains("not gzip");
    assertThat(upload(ada, "", new byte[0]).status()).isEqualTo(400);
    assertThat(upload(ada, "", widget().version("one").tarball()).status()).isEqualTo(400);
    assertThat(upload(ada, "?tag=1.0.0", widget().tarball()).status()).isEqualTo(400);
    byte[] hidden = widget().manifest(manifest -> manifest.put("private", true)).tarball();
    assertThat(detail(upload(ada, "", hidden))).contains("private");
    byte[] odd = PackageBuilder.named("NOT A NAME").tarball();
    assertThat(upload(ada, "", odd).status()).isEqualTo(400);
    assertThat(upload(ada, "", widget().withoutManifest().tarball()).status()).isEqualTo(400);
    assertThat(server.blobs()).hasSize(before);
  }

  @Test
  void letsThoseAloneUploadWhoMayPublish() {
    assertThat(upload(api, "", widget().tarball()).status()).isEqualTo(401);
    assertThat(upload(rita, "", widget().tarball()).status()).isEqualTo(403);
    assertThat(upload(stranger, "", widget().tarball()).status()).isEqualTo(404);
    server.change(server.registry(), server.registry().settings().withSecondFactor(true));
    assertThat(detail(upload(ada, "", widget().tarball()))).contains("second factor");
    server.change(
        server.registry(), server.registry().settings().withSecondFactor(false).withArchived(true));
    assertThat(detail(upload(ada, "", widget().tarball()))).contains("archived");
    server.change(server.registry(), server.registry().settings().withArchived(false));
    assertThat(ada.get("registries/default/packages/@acme/widget").status()).isEqualTo(404);
  }

  @Test
  void takesOneOfTwoTarballsOfOneNumber() throws Exception {
    List<Callable<Integer>> both = new ArrayList<>();
    for (String text : List.of("one", "two")) {
      byte[] tarball = widget().file("x", text).tarball();
      both.add(() -> upload(ada, "", tarball).status());
    }
    assertThat(atOnce(both)).containsExactlyInAnyOrder(201, 409);
  }

  @Test
  void pushesTheSameBytesOrUnderAnotherNumber() throws Exception {
    assertThat(upload(ada, "", widget().tarball()).status()).isEqualTo(201);
    List<Callable<Integer>> both = new ArrayList<>();
    both.add(() -> ada.post(PUSH, TO_STABLE).status());
    both.add(() -> ada.post(PUSH, TO_STABLE).status());
    assertThat(atOnce(both)).containsOnly(200);
    JsonNode again = ada.post(PUSH, TO_STABLE).json();
    assertThat(again.path("changed").asBoolean()).isFalse();
    TestingReply renamed =
        ada.post(PUSH, "{\"upstream\":\"stable\",\"as\":\"2.0.0\",\"tags\":[\"next\"]}");
    assertThat(renamed.json().path("version").asText()).isEqualTo("2.0.0");
    JsonNode there = ada.get("registries/stable/packages/@acme/widget").json();
    assertThat(there.at("/tags/latest").asText()).isEqualTo("1.0.0");
    assertThat(there.at("/tags/next").asText()).isEqualTo("2.0.0");
    assertThat(server.audited("user:ada")).contains("version.publish stable/@acme/widget@2.0.0");
  }

  @Test
  void refusesToPushWhatCannotBe() {
    assertThat(ada.post(PUSH, TO_STABLE).status()).isEqualTo(404);
    assertThat(upload(ada, "", widget().tarball()).status()).isEqualTo(201);
    assertThat(rita.post(PUSH, TO_STABLE).status()).isEqualTo(403);
    assertThat(stranger.post(PUSH, TO_STABLE).status()).isEqualTo(404);
    assertThat(ada.post(PUSH, "{}").status()).isEqualTo(400);
    assertThat(ada.post(PUSH, "{\"upstream\":\"nothing\"}").status()).isEqualTo(404);
    assertThat(ada.post(PUSH, "{\"upstream\":\"public\"}").status()).isEqualTo(403);
    assertThat(ada.post(PUSH, "{\"upstream\":\"stable\",\"as\":\"two\"}").status()).isEqualTo(400);
    assertThat(ada.post(PUSH, "{\"upstream\":\"stable\",\"tags\":[\"1.0.0\"]}").status())
        .isEqualTo(400);
  }

  @Test
  void limitsAPushByWhatItsPersonMayDoWhereItArrives() {
    assertThat(upload(ada, "", widget().tarball()).status()).isEqualTo(201);
    var here = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("ada"), here));
    assertThat(limited.post(PUSH, TO_STABLE).status()).isEqualTo(403);
    Registry stable = server.registry("stable");
    server.change(stable, stable.settings().withSecondFactor(true));
    assertThat(detail(ada.post(PUSH, TO_STABLE))).contains("stable").contains("second factor");
    server.change(stable, stable.settings().withSecondFactor(false).withArchived(true));
    assertThat(ada.post(PUSH, TO_STABLE).status()).isEqualTo(403);
    server.change(stable, stable.settings().withSecondFactor(false).withArchived(false));
    assertThat(eve.patch("registries/stable", "{\"ownersOnly\":true}").status()).isEqualTo(200);
    assertThat(ada.post(PUSH, TO_STABLE).status()).isEqualTo(200);
    Api bob = api.token("bob", Role.DEVELOPER);
    assertThat(detail(bob.post(PUSH, "{\"upstream\":\"stable\",\"as\":\"3.0.0\"}")))
        .contains("owners");
    assertThat(eve.post(PUSH, "{\"upstream\":\"stable\",\"as\":\"3.0.0\"}").status())
        .isEqualTo(200);
  }

  @Test
  void pushesNothingThatIsWithheld() {
    assertThat(upload(ada, "", widget().tarball()).status()).isEqualTo(201);
    String quarantine =
        "{\"name\":\"@acme/widget\",\"version\":\"1.0.0\",\"state\":\"quarantined\",\"reason\":\"Odd\"}";
    assertThat(eve.post("registries/default/decisions", quarantine).status()).isEqualTo(204);
    TestingReply refused = ada.post(PUSH, TO_STABLE);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(detail(refused)).contains("withheld").contains("Odd");
  }
}
