package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `licences`.
@OnBothDatabases
final class LicencesApiTest {
  private static final Registry.Settings STANDARD = Registry.Settings.of(Registry.Kind.STANDARD);

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  LicencesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
  }

  private void publish(String registry, String name, String version, Consumer<ObjectNode> claim) {
    byte[] body = PackageBuilder.named(name).version(version).manifest(claim).publishBody();
    TestingReply reply = server.put(token, "/r/" + registry + "/" + name.replace("/", "%2f"), body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private static Consumer<ObjectNode> claiming(String licence) {
    return manifest -> manifest.put("license", licence);
  }

  /// Asks until everything is read.
  private JsonNode composition(Api as, String query) {
    JsonNode found = as.get("licences" + query).json();
    while (found.path("unread").asInt() > 0) {
      found = as.get("licences" + query).json();
    }
    return found;
  }

  private static List<String> shares(JsonNode composition) {
    return composition
        .path("items")
        .valueStream()
        .map(one ->
            "%s %d/%d"
                .formatted(
                    one.path("licence").asText(),
                    one.path("packages").asInt(),
                    one.path("versions").asInt()))
        .toList();
  }

  private static List<String> names(TestingReply reply) {
    return reply.json().path("items").findValuesAsText("name");
  }

  @Test
  void countsWhatHostedAndCachedVersionsClaim() {
    publish("default", "@acme/alpha", "1.0.0", claiming("MIT"));
    publish("default", "@acme/alpha", "1.1.0", claiming("MIT"));
    publish("default", "@acme/beta", "1.0.0", claiming("Apache 2"));
    publish("default", "@acme/gamma", "1.0.0", manifest -> manifest.remove("license"));
    publish("default", "@acme/delta", "1.0.0", claiming("ask <b>us</b>\n\tfirst"));
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    assertThat(server.get(token, "/r/default/left-pad/-/left-pad-1.3.0.tgz").status())
        .isEqualTo(200);
    server.restart(); // writes what is cached behind the answers
    JsonNode found = composition(ada, "");
    assertThat(shares(found)).contains("MIT 1/2", "Apache-2.0 1/1", "ask <b>us</b> first 1/1");
    assertThat(found.path("packages").asInt()).isEqualTo(5);
    assertThat(found.path("versions").asInt()).isEqualTo(6);
    assertThat(found.path("total").asInt()).isEqualTo(found.path("items").size());
    assertThat(names(ada.get("licences/packages?licence=Apache-2.0")))
        .containsExactly("@acme/beta");
    assertThat(names(ada.get("licences/packages?licence="))).contains("@acme/gamma");
    publish("default", "@acme/alpha", "2.0.0", claiming("BUSL-1.1"));
    assertThat(shares(composition(ada, ""))).contains("MIT 1/2", "BUSL-1.1 1/1");
  }

  @Test
  void readsAgainWhatHasOtherBytes() {
    server.change(server.registry(), STANDARD.withOverwriting(true));
    publish("default", "@acme/alpha", "1.0.0", claiming("MIT"));
    assertThat(shares(composition(ada, ""))).containsExactly("MIT 1/1");
    publish("default", "@acme/alpha", "1.0.0", claiming("ISC"));
    assertThat(shares(composition(ada, ""))).containsExactly("ISC 1/1");
  }

  @Test
  void showsARegistryWithWhatItDrawsFromHere() {
    server.addRegistry("lower", STANDARD);
    Registry lower = server.registry("lower");
    server.addRegistry("upper", STANDARD, new Upstreams.Here(lower));
    publish("lower", "@acme/alpha", "1.0.0", claiming("MIT"));
    publish("default", "@acme/beta", "1.0.0", claiming("ISC"));
    assertThat(shares(composition(ada, "?registry=upper"))).containsExactly("MIT 1/1");
    TestingReply held = ada.get("licences/packages?licence=MIT&registry=upper");
    assertThat(held.json().at("/items/0/registry").asText()).isEqualTo("upper");
    assertThat(ada.get("licences/packages?licence=MIT").json().at("/items/0/registry").asText())
        .isEqualTo("lower");
    assertThat(ada.get("licences?registry=none").status()).isEqualTo(404);
  }

  @Test
  void listsPackagesInPages() {
    for (String name : List.of("@acme/a", "@acme/b", "@acme/c")) {
      publish("default", name, "1.0.0", claiming("MIT"));
    }
    composition(ada, "");
    TestingReply first = ada.get("licences/packages?licence=MIT&limit=2");
    assertThat(names(first)).containsExactly("@acme/a", "@acme/b");
    assertThat(first.json().path("total").asInt()).isEqualTo(3);
    String next = first.json().path("next").asText();
    TestingReply last = ada.get("licences/packages?licence=MIT&limit=2&cursor=" + next);
    assertThat(names(last)).containsExactly("@acme/c");
    assertThat(last.json().path("next").isNull()).isTrue();
    assertThat(ada.get("licences/packages").status()).isEqualTo(400);
    assertThat(ada.get("licences/packages?licence=MIT&limit=0").status()).isEqualTo(400);
    assertThat(ada.get("licences/packages?licence=" + "x".repeat(301)).status()).isEqualTo(400);
    assertThat(names(ada.get("licences/packages?licence=%27%20OR%201=1"))).isEmpty();
  }

  @Test
  void showsNobodyWhatTheyMayNotRead() {
    publish("default", "@acme/alpha", "1.0.0", claiming("MIT"));
    server.addRegistry("other", STANDARD);
    composition(ada, "");
    var limits =
        new TokenLimits(true, Set.of(server.registry("other").id()), Set.of(), List.of(), null);
    Api limited =
        Api.of(server).with("authorization", "Bearer " + server.token(server.user("ada"), limits));
    assertThat(shares(composition(limited, ""))).isEmpty();
    assertThat(limited.get("licences?registry=default").status()).isEqualTo(403);
    assertThat(names(limited.get("licences/packages?licence=MIT"))).isEmpty();
    Api stranger = Api.of(server, "elsewhere", "olga", Role.OWNER);
    assertThat(shares(composition(stranger, ""))).isEmpty();
    assertThat(names(stranger.get("licences/packages?licence=MIT"))).isEmpty();
    assertThat(stranger.get("licences?registry=default").status()).isEqualTo(404);
    assertThat(stranger.get("licences/packages?licence=MIT&registry=default").status())
        .isEqualTo(404);
    Api reader = Api.of(server).token("rita", Role.READ_ONLY);
    assertThat(shares(composition(reader, ""))).containsExactly("MIT 1/1");
  }
}
