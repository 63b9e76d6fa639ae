package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What changes packages below `registries/{registry}/packages/{name}`.
@OnBothDatabases
final class PackageChangesApiTest {
  private static final String PACKAGE = "registries/default/packages/@acme/widget";
  private static final String VERSION = PACKAGE + "/versions/1.0.0";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;
  private final Api bob;
  private final Api rita;
  private final Api stranger;

  PackageChangesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    String token = server.token("ada", Role.DEVELOPER);
    ada = api.with("authorization", "Bearer " + token);
    bob = api.token("bob", Role.DEVELOPER);
    rita = api.token("rita", Role.READ_ONLY);
    stranger = Api.of(server, "other", "olga", Role.OWNER);
    publish(token, "1.0.0");
    clock.advance(Duration.ofMinutes(1));
    publish(token, "1.1.0");
  }

  private void publish(String token, String version) {
    byte[] body = PackageBuilder.named("@acme/widget").version(version).publishBody();
    assertThat(server.put(token, "/r/default/@acme%2fwidget", body).status()).isEqualTo(201);
  }

  private JsonNode shown() {
    return ada.get(PACKAGE).json();
  }

  private static void refused(TestingReply reply, int status) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
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
  void setsAndRemovesTags() {
    String tag = PACKAGE + "/tags/beta";
    refused(ada.put(tag, "{\"version\":\"1.0.0\"}"), 204);
    assertThat(shown().at("/tags/beta").asText()).isEqualTo("1.0.0");
    refused(ada.put(tag, "{\"version\":\"9.9.9\"}"), 404);
    refused(ada.put(PACKAGE + "/tags/1.2.3", "{\"version\":\"1.0.0\"}"), 400);
    refused(rita.put(tag, "{\"version\":\"1.1.0\"}"), 403);
    refused(stranger.put(tag, "{\"version\":\"1.1.0\"}"), 404);
    refused(rita.delete(tag), 403);
    refused(stranger.delete(tag), 404);
    refused(ada.delete(PACKAGE + "/tags/latest"), 403);
    refused(ada.delete(tag), 204);
    refused(ada.delete(tag), 404);
    assertThat(server.audited("user:ada")).contains("tag.set default/@acme/widget");
  }

  @Test
  void addsRemovesAndReplacesOwners() {
    String owners = PACKAGE + "/owners";
    assertThat(shown().path("owners").toString()).isEqualTo("[\"ada\"]");
    refused(ada.post(owners, "{\"user\":\"bob\"}"), 204);
    assertThat(shown().path("owners").toString()).isEqualTo("[\"ada\",\"bob\"]");
    refused(ada.post(owners, "{\"user\":\"nobody\"}"), 404);
    refused(rita.post(owners, "{\"user\":\"rita\"}"), 403);
    refused(stranger.post(owners, "{\"user\":\"olga\"}"), 404);
    refused(ada.delete(owners + "/ada"), 204);
    refused(ada.delete(owners + "/bob"), 403);
    refused(rita.delete(owners + "/bob"), 403);
    refused(stranger.delete(owners + "/bob"), 404);
    String revision = shown().path("revision").asText();
    String transfer = "{\"owners\":[\"ada\"],\"revision\":\"" + revision + "\"}";
    refused(rita.put(owners, transfer), 403);
    refused(stranger.put(owners, transfer), 404);
    refused(bob.put(owners, "{\"owners\":[\"ada\"]}"), 400);
    refused(bob.put(owners, transfer), 204);
    refused(bob.put(owners, transfer.replace("ada", "bob")), 409);
    assertThat(shown().path("owners").toString()).isEqualTo("[\"ada\"]");
  }

  @Test
  void letsOneOfTwoTransfersThrough() throws Exception {
    String revision = shown().path("revision").asText();
    List<Callable<Integer>> both = new ArrayList<>();
    for (String owner : List.of("ada", "bob", "rita", "bob")) {
      String body = "{\"owners\":[\"%s\",\"bob\"],\"revision\":\"%s\"}".formatted(owner, revision);
      both.add(() -> ada.put(PACKAGE + "/owners", body).status());
    }
    assertThat(atOnce(both)).containsExactlyInAnyOrder(204, 409, 409, 409);
  }

  @Test
  void deprecatesAVersionAndTakesThatBack() {
    refused(ada.patch(VERSION, "{\"deprecated\":\"Use 1.1\"}"), 204);
    assertThat(shown().at("/versions/1/deprecated").asText()).isEqualTo("Use 1.1");
    refused(ada.patch(VERSION, "{\"deprecated\":\"\"}"), 204);
    assertThat(shown().at("/versions/1/deprecated").isNull()).isTrue();
    refused(ada.patch(VERSION, "{\"deprecated\":true}"), 400);
    refused(ada.patch(PACKAGE + "/versions/9.9.9", "{\"deprecated\":\"x\"}"), 404);
    refused(rita.patch(VERSION, "{\"deprecated\":\"x\"}"), 403);
    refused(stranger.patch(VERSION, "{\"deprecated\":\"x\"}"), 404);
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    refused(
        ada.patch("registries/default/packages/left-pad/versions/1.3.0", "{\"deprecated\":\"x\"}"),
        403);
  }

  @Test
  void takesAVersionBackForItsPublisherOrAnAdmin() throws Exception {
    refused(rita.delete(VERSION), 403);
    refused(stranger.delete(VERSION), 404);
    refused(bob.delete(VERSION), 403);
    refused(ada.delete(PACKAGE + "/versions/9.9.9"), 404);
    List<Callable<Integer>> both =
        List.of(() -> ada.delete(VERSION).status(), () -> ada.delete(VERSION).status());
    assertThat(atOnce(both)).containsExactlyInAnyOrder(204, 404);
    assertThat(shown().path("versionCount").asInt()).isEqualTo(1);
    refused(api.token("eve", Role.ADMIN).delete(PACKAGE + "/versions/1.1.0"), 204);
    assertThat(shown().path("versionCount").asInt()).isZero();
  }

  @Test
  void takesAWholePackageBackOnlyAsItWasSeen() {
    String revision = shown().path("revision").asText();
    refused(ada.delete(PACKAGE), 400);
    refused(ada.delete(PACKAGE + "?revision=1-0"), 409);
    refused(bob.delete(PACKAGE + "?revision=" + revision), 403);
    refused(rita.delete(PACKAGE + "?revision=" + revision), 403);
    refused(stranger.delete(PACKAGE + "?revision=" + revision), 404);
    refused(ada.put(PACKAGE + "/tags/beta", "{\"version\":\"1.0.0\"}"), 204);
    refused(ada.delete(PACKAGE + "?revision=" + revision), 409);
    refused(ada.delete(PACKAGE + "?revision=" + shown().path("revision").asText()), 204);
    assertThat(shown().path("versionCount").asInt()).isZero();
  }

  @Test
  void pullsAVersionIntoTheStore() throws Exception {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    String version = "registries/default/packages/left-pad/versions/1.3.0";
    refused(rita.post(version + "/pull", "{}"), 403);
    refused(stranger.post(version + "/pull", "{}"), 404);
    refused(ada.post(version.replace("1.3.0", "9.9.9") + "/pull", "{}"), 404);
    List<Callable<Integer>> both = new ArrayList<>();
    both.add(() -> ada.post(version + "/pull", "{}").status());
    both.add(() -> bob.post(version + "/pull", "{}").status());
    assertThat(atOnce(both)).containsOnly(200);
    JsonNode again = ada.post(version + "/pull", "{}").json();
    assertThat(again.path("fetched").asBoolean()).isFalse();
    assertThat(again.path("bytes").asLong()).isPositive();
    server.restart(); // writes what is cached behind the answers
    refused(ada.get(version + "/files"), 200);
  }

  @Test
  void asksForTheSecondFactorWhereTheRegistryWantsIt() {
    var factors = server.services().access().secondFactors();
    server.change(server.registry(), server.registry().settings().withSecondFactor(true));
    TestingReply none = ada.patch(VERSION, "{\"deprecated\":\"x\"}");
    refused(none, 403);
    assertThat(none.text()).contains("you have none");
    var app = new TestingAuthenticator(factors.start(server.user("ada")).secret());
    factors.confirm(server.user("ada"), app.code(clock.instant()));
    clock.advance(Duration.ofSeconds(30));
    String code = app.code(clock.instant());
    String owners = "{\"owners\":[\"bob\"],\"revision\":\"1-0\"}";
    for (Api as : List.of(ada, ada.with("npm-otp", "000000"))) {
      refused(as.patch(VERSION, "{\"deprecated\":\"x\"}"), 403);
      refused(as.delete(VERSION), 403);
      refused(as.delete(PACKAGE + "?revision=1-0"), 403);
      refused(as.put(PACKAGE + "/tags/beta", "{\"version\":\"1.0.0\"}"), 403);
      refused(as.delete(PACKAGE + "/tags/beta"), 403);
    }
    refused(ada.put(PACKAGE + "/owners", owners), 403);
    refused(ada.post(PACKAGE + "/owners", "{\"user\":\"bob\"}"), 403);
    refused(ada.delete(PACKAGE + "/owners/ada"), 403);
    refused(ada.with("npm-otp", code).patch(VERSION, "{\"deprecated\":\"x\"}"), 204);
    refused(ada.with("npm-otp", code).patch(VERSION, "{\"deprecated\":\"y\"}"), 403);
    assertThat(shown().at("/versions/1/deprecated").asText()).isEqualTo("x");
    String made = server.operate("", "token", "create", "--user", "ada", "--unattended");
    String machine = made.replaceFirst("(?s).*?(gh_\\w+).*", "$1");
    server.restart(); // a running one notices within two seconds
    refused(
        api.with("authorization", "Bearer " + machine).patch(VERSION, "{\"deprecated\":\"z\"}"),
        204);
  }
}
