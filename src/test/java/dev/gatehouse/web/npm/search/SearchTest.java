package dev.gatehouse.web.npm.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `GET -/v1/search`.
@OnBothDatabases
final class SearchTest {
  @AutoClose private final TestingServer server;
  private final String ada;

  SearchTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = server.token("ada", Role.DEVELOPER);
  }

  private void publish(String registry, String name, String description, String... keywords) {
    byte[] body = document(name, "1.0.0", description, keywords);
    TestingReply reply = server.put(ada, "/r/" + registry + "/" + name.replace("/", "%2f"), body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  /// As clients write it: the description stands at the top too.
  private static byte[] document(
      String name, String version, String description, String... keywords) {
    ObjectNode document =
        PackageBuilder.named(name)
            .version(version)
            .manifest(manifest -> {
              manifest.put("description", description);
              var array = manifest.putArray("keywords");
              List.of(keywords).forEach(array::add);
            })
            .publishDocument();
    document.put("description", description);
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode search(String query) {
    TestingReply reply = server.get(ada, "/r/default/-/v1/search?" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static List<String> names(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.path("objects").forEach(one -> names.add(one.at("/package/name").asText()));
    return names;
  }

  @Test
  void hasTheShapeThatNpmAndPnpmRead() {
    publish("default", "@acme/widget", "Turns things", "gear", "wheel");
    JsonNode answer = search("text=widget&size=20&from=0&quality=0.65");
    assertThat(answer.path("total").asInt()).isEqualTo(1);
    assertThat(answer.path("time").asText()).isNotEmpty();
    JsonNode entry = answer.at("/objects/0/package");
    assertThat(entry.path("name").asText()).isEqualTo("@acme/widget");
    assertThat(entry.path("version").asText()).isEqualTo("1.0.0");
    assertThat(entry.path("description").asText()).isEqualTo("Turns things");
    assertThat(entry.path("keywords")).hasSize(2);
    assertThat(entry.path("date").asText()).startsWith("20");
    assertThat(entry.path("links").isObject()).isTrue();
    assertThat(entry.at("/publisher/username").isTextual()).isTrue();
    assertThat(entry.at("/maintainers/0/username").asText()).isEqualTo("ada");
    assertThat(answer.at("/objects/0/score/final").isNumber()).isTrue();
    assertThat(answer.at("/objects/0/score/detail/quality").isNumber()).isTrue();
    assertThat(answer.at("/objects/0/searchScore").isNumber()).isTrue();
  }

  @Test
  void looksAtNamesDescriptionsAndKeywordsForAllWords() {
    publish("default", "alpha", "Turns WHEELS quickly", "Gear");
    publish("default", "beta", "Turns pages 100%", "book");
    assertThat(names(search("text=turns"))).containsExactlyInAnyOrder("alpha", "beta");
    assertThat(names(search("text=Turns+wheels"))).containsExactly("alpha");
    assertThat(names(search("text=turns%20gear"))).containsExactly("alpha");
    assertThat(names(search("text=keywords:book"))).containsExactly("beta");
    assertThat(names(search("text=gear+book"))).isEmpty();
    assertThat(names(search("text=100%25"))).containsExactly("beta");
    assertThat(names(search("text=t_rns"))).isEmpty();
    assertThat(names(search("text=%27%20OR%201=1"))).isEmpty();
    assertThat(names(search(""))).hasSize(2);
  }

  @Test
  void seesAChangeAtOnce() {
    publish("default", "alpha", "First words");
    assertThat(names(search("text=second"))).isEmpty();
    byte[] body = document("alpha", "1.1.0", "Second words");
    assertThat(server.put(ada, "/r/default/alpha", body).status()).isEqualTo(201);
    JsonNode answer = search("text=second");
    assertThat(names(answer)).containsExactly("alpha");
    assertThat(answer.at("/objects/0/package/version").asText()).isEqualTo("1.1.0");
    assertThat(names(search("text=first"))).isEmpty();
  }

  @Test
  void givesPagesTheExactNameFirst() {
    for (String name : List.of("gear-a", "gear-b", "gear", "big-gear")) {
      publish("default", name, "");
    }
    assertThat(names(search("text=gear"))).containsExactly("gear", "gear-a", "gear-b", "big-gear");
    JsonNode page = search("text=gear&size=2&from=1");
    assertThat(names(page)).containsExactly("gear-a", "gear-b");
    assertThat(page.path("total").asInt()).isEqualTo(4);
    assertThat(names(search("text=gear&from=10"))).isEmpty();
    assertThat(names(search("text=gear&size=0"))).isEmpty();
    assertThat(names(search("text=gear&size=999999999"))).hasSize(4);
  }

  @Test
  void listsWhatIsCachedAndAsksNoUpstream() {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    server.get(ada, "/r/default/left-pad");
    server.get(ada, "/r/default/left-pad/-/left-pad-1.3.0.tgz");
    // Closing waits until what was fetched is settled.
    server.restart();
    int asked = server.upstream().requests().size();
    JsonNode answer = search("text=left");
    assertThat(names(answer)).containsExactly("left-pad");
    assertThat(answer.at("/objects/0/package/maintainers").isArray()).isTrue();
    assertThat(answer.at("/objects/0/package/publisher/username").isTextual()).isTrue();
    search("text=secret-internal-name");
    assertThat(server.upstream().requests()).hasSize(asked);
  }

  @Test
  void looksIntoRegistriesHereAndIntoNoOthers() {
    Registry lower = server.addRegistry("lower", Registry.Settings.of(Registry.Kind.STANDARD));
    server.addRegistry(
        "upper", Registry.Settings.of(Registry.Kind.STANDARD), new Upstreams.Here(lower));
    publish("lower", "gear", "below");
    TestingReply reply = server.get(ada, "/w/default/r/upper/-/v1/search/?text=gear");
    assertThat(names(reply.json())).containsExactly("gear");
    assertThat(names(search("text=gear"))).isEmpty();
  }

  @Test
  void refusesStrangersAndWhatItCannotRead() {
    assertThat(server.get(null, "/r/default/-/v1/search?text=x").status()).isEqualTo(401);
    for (String bad :
        List.of(
            "size=-1",
            "size=x",
            "from=1e3",
            "from=99999999999",
            "from=10001",
            "text=" + "x".repeat(300),
            "text=a+b+c+d+e+f+g+h+i")) {
      TestingReply reply = server.get(ada, "/r/default/-/v1/search?" + bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.error()).isNotEmpty();
    }
  }

  @Test
  void readsOddTextsThatAuthorsWrite() {
    // The document spells half a surrogate pair as an escape: UTF-8 has no bytes for it.
    byte[] body =
        new String(
                document("odd", "1.0.0", "nul \u0000, bell \u0007, HALF"), StandardCharsets.UTF_8)
            .replace("HALF", "\\ud83d")
            .getBytes(StandardCharsets.UTF_8);
    TestingReply reply = server.put(ada, "/r/default/odd", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(names(search("text=bell"))).containsExactly("odd");
  }
}
