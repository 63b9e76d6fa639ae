package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages`: which packages, in which order.
@OnBothDatabases
final class PackageListApiTest {
  private static final String PATH = "registries/default/packages";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  PackageListApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
  }

  /// `gh-alpha` is published, then `gh-pad` cached, then `gh-zeta` published.
  @BeforeEach
  void fill() {
    publish("default", "gh-alpha", "1.0.0", "MIT");
    TestingPackage.of("gh-pad", "1.3.0").putAt(server.upstream());
    fetch("gh-pad/-/gh-pad-1.3.0.tgz");
    server.restart(); // writes what is cached behind the answers
    clock.advance(Duration.ofMinutes(1));
    publish("default", "gh-zeta", "1.0.0", "ISC");
  }

  private void publish(String registry, String name, String version, String licence) {
    byte[] body =
        PackageBuilder.named(name)
            .version(version)
            .manifest(manifest -> manifest.put("license", licence))
            .publishBody();
    TestingReply reply = server.put(token, "/r/" + registry + "/" + name, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private void fetch(String path) {
    assertThat(server.get(token, "/r/default/" + path).status()).isEqualTo(200);
  }

  private void decide(String name, String version, String state) {
    TestingReply reply =
        ada.post(
            "registries/default/decisions",
            "{\"name\":\"%s\",\"version\":\"%s\",\"state\":\"%s\",\"reason\":\"Odd\"}"
                .formatted(name, version, state));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
  }

  private List<String> names(String query) {
    return names(ada.get(PATH + query));
  }

  private static List<String> names(TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("items").findValuesAsText("name");
  }

  /// All of a list, one at a time.
  private List<String> walked(String path) {
    List<String> names = new ArrayList<>();
    TestingReply reply = ada.get(path + "&limit=1");
    names.addAll(names(reply));
    while (!reply.json().path("next").isNull()) {
      reply = ada.get(path + "&limit=1&cursor=" + reply.json().path("next").asText());
      names.addAll(names(reply));
    }
    return names;
  }

  @Test
  void showsWhereAPackageComesFrom() {
    assertThat(names("?origin=hosted")).containsExactly("gh-alpha", "gh-zeta");
    assertThat(names("?origin=cached")).containsExactly("gh-pad");
    assertThat(names("?origin=internal")).containsExactly("gh-alpha", "gh-zeta");
    assertThat(names("?origin=hosted&search=ZET")).containsExactly("gh-zeta");
  }

  @Test
  void sortsByWhatChangedLastAndGoesOnFromThere() {
    assertThat(walked(PATH + "?sort=changed").getFirst()).isEqualTo("gh-zeta");
    assertThat(walked(PATH + "?sort=changed"))
        .containsExactlyInAnyOrder("gh-alpha", "gh-pad", "gh-zeta");
    clock.advance(Duration.ofMinutes(1));
    publish("default", "gh-alpha", "1.1.0", "MIT");
    assertThat(walked(PATH + "?sort=changed").getFirst()).isEqualTo("gh-alpha");
    assertThat(walked(PATH + "?sort=name")).containsExactly("gh-alpha", "gh-pad", "gh-zeta");
  }

  @Test
  void listsANameThatTwoRegistriesHoldOnce() {
    server.addRegistry(
        "upper",
        Registry.Settings.of(Registry.Kind.STANDARD),
        new Upstreams.Here(server.registry()));
    publish("upper", "gh-top", "1.0.0", "MIT");
    clock.advance(Duration.ofMinutes(1));
    publish("upper", "gh-alpha", "2.0.0", "MIT");
    String upper = "registries/upper/packages";
    assertThat(walked(upper + "?sort=name"))
        .containsExactly("gh-alpha", "gh-pad", "gh-top", "gh-zeta");
    assertThat(walked(upper + "?sort=changed"))
        .hasSize(4)
        .startsWith("gh-alpha")
        .contains("gh-pad", "gh-top", "gh-zeta");
    assertThat(ada.get(upper + "?sort=changed").json().path("total").asInt()).isEqualTo(4);
    assertThat(ada.get(upper + "?limit=2").json().path("total").asInt()).isEqualTo(4);
    assertThat(names("")).doesNotContain("gh-top");
  }

  @Test
  void showsWhatIsWithheldAndWhatWaitsForAPerson() {
    assertThat(names("?state=withheld")).isEmpty();
    decide("gh-pad", "1.3.0", "quarantined");
    server.get(token, "/r/default/gh-pad");
    server.restart(); // writes what is withheld behind the answers
    assertThat(names("?state=withheld")).containsExactly("gh-pad");
    assertThat(names("?state=quarantined")).containsExactly("gh-pad");
    assertThat(names("?state=quarantined&origin=hosted")).isEmpty();
    server.addRegistry("beside", Registry.Settings.of(Registry.Kind.STANDARD));
    publish("beside", "gh-pad", "1.0.0", "MIT");
    assertThat(names(ada.get("registries/beside/packages?state=withheld"))).isEmpty();
  }

  @Test
  void showsWhatAnAdvisoryIsOpenFor() {
    var place = new Occurrence(server.registry().id(), "1.0.0", false, "allowed");
    var finding =
        new Finding(
            new Cause(Cause.Type.VULNERABILITY, "GHSA-1", Set.of()),
            new Finding.Text("high", "It is.", ""),
            List.of(place),
            List.of());
    var about =
        new Reporting.About(
            server.registry().workspace().id(),
            "gh-zeta",
            Set.of(new Occurrence.Spot(place.registryId(), place.version())),
            _ -> "default");
    new Reporting(server.services().database(), new Trail(clock))
        .report(new Actor.Job("scanner"), about, List.of(finding));
    assertThat(names("?state=vulnerable")).containsExactly("gh-zeta");
    assertThat(names("?state=vulnerable&sort=changed&search=gh")).containsExactly("gh-zeta");
  }

  @Test
  void showsWhatClaimsALicenceOnceItWasRead() {
    while (ada.get("licences").json().path("unread").asInt() > 0) {
      // Each answer has read on.
    }
    assertThat(names("?licence=ISC")).containsExactly("gh-zeta");
    assertThat(names("?licence=MIT")).contains("gh-alpha").doesNotContain("gh-zeta");
    assertThat(names("?licence=GPL-9.0")).isEmpty();
    List<String> few = names("?licence=MIT");
    claimElsewhere("MIT", 5_000);
    assertThat(names("?licence=MIT")).isEqualTo(few);
  }

  /// As many versions of what is not here as make the licence one that most packages have.
  private void claimElsewhere(String licence, int many) {
    var _ =
        server
            .services()
            .database()
            .write(handle -> {
              PreparedBatch claims =
                  handle.prepareBatch(
                      "INSERT INTO licence_claim (name, version, integrity, licence) VALUES (?, ?,"
                          + " ?, ?)");
              for (int i = 0; i < many; i++) {
                claims.add("gh-elsewhere-" + i, "1.0.0", "sha512-x", licence);
              }
              return claims.execute();
            });
  }

  @Test
  void forgetsANameWhenNothingOfItIsLeft() {
    TestingReply gone =
        ada.delete(
            PATH
                + "/gh-alpha?revision="
                + ada.get(PATH + "/gh-alpha").json().path("revision").asText());
    assertThat(gone.status()).as(gone.text()).isIn(200, 204);
    assertThat(names("?origin=hosted")).doesNotContain("gh-alpha");
    assertThat(names("?search=alpha")).isEmpty();
    decide("gh-pad", "1.3.0", "deleted");
    assertThat(names("?origin=cached")).isEmpty();
  }

  @Test
  void findsAPackageByWhatItsTextsSayNow() {
    assertThat(names("?search=splendid")).isEmpty();
    var document = PackageBuilder.named("gh-alpha").version("1.2.0").publishDocument();
    document.put("description", "Something SPLENDID, 100%");
    assertThat(server.put(token, "/r/default/gh-alpha", document.toString()).status())
        .isEqualTo(201);
    assertThat(names("?search=splendid")).containsExactly("gh-alpha");
    assertThat(names("?search=100%25")).containsExactly("gh-alpha");
    assertThat(names("?search=gh%25alpha")).isEmpty();
    assertThat(names("?search=gh_alpha")).isEmpty();
  }

  @Test
  void refusesWhatIsNotAChoiceAndACursorOfAnotherList() {
    for (String query :
        List.of(
            "?origin=HOSTED",
            "?origin=elsewhere",
            "?state=",
            "?sort=size",
            "?licence=" + "x".repeat(201),
            "?licence=%00",
            "?search=%00",
            "?sort=changed&cursor=Z2gtcGFk",
            "?cursor=AA",
            "?sort=changed&cursor=" + Page.cursor("9".repeat(16) + " gh-pad"))) {
      assertThat(ada.get(PATH + query).status()).as(query).isEqualTo(400);
    }
    String hostile = "'%20OR%20'1'='1";
    assertThat(names("?licence=" + hostile)).isEmpty();
    assertThat(names("?search=" + hostile)).isEmpty();
  }

  @Test
  void isForThoseWhoMayReadTheRegistryAlone() {
    assertThat(Api.of(server).get(PATH + "?state=vulnerable").status()).isEqualTo(401);
    Api stranger = Api.of(server, "elsewhere", "olga", Role.OWNER);
    assertThat(stranger.get(PATH + "?origin=hosted").status()).isEqualTo(404);
  }
}
