package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Tokens that change some packages only.
@OnBothDatabases
final class PackageTokensTest {
  private static final String GADGET = "@acme%2fgadget";

  @AutoClose private final Shelf shelf;

  /// An owner's.
  private final String widgets;

  PackageTokensTest(Dialect dialect) {
    shelf = new Shelf(dialect);
    shelf.server.token("olga", Role.OWNER);
    widgets = limited("@acme/widget");
  }

  private String limited(String packages) {
    var limits =
        new TokenLimits(false, Set.of(), Set.of(PackageLimit.of(packages)), List.of(), null);
    return shelf.server.token(shelf.server.user("olga"), limits);
  }

  private static PackageBuilder gadget() {
    return PackageBuilder.named("@acme/gadget").version("1.0.0");
  }

  private TestingReply api(String method, String path, String body) {
    return upload(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private TestingReply upload(String method, String path, byte[] body) {
    return shelf.server.send(
        HttpRequest.newBuilder(URI.create(shelf.server.url() + "/api/v1/" + path))
            .header("authorization", "Bearer " + widgets)
            .method(method, BodyPublishers.ofByteArray(body))
            .build());
  }

  private static void refused(TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(403);
    assertThat(reply.text()).contains("This token changes some packages only");
  }

  @Test
  void doWithThemWhateverTheirAccountMay() {
    assertThat(shelf.publish(widgets, widget("1.0.0")).status()).isEqualTo(201);
    assertThat(shelf.publish(widgets, widget("1.1.0")).status()).isEqualTo(201);
    assertThat(shelf.put(widgets, "-/package/" + WIDGET + "/dist-tags/next", "\"1.0.0\"").status())
        .isEqualTo(200);
    String versions = "registries/default/packages/" + WIDGET + "/versions/";
    assertThat(api("PATCH", versions + "1.0.0", "{\"deprecated\":\"old\"}").status())
        .isEqualTo(204);
    assertThat(upload("POST", "registries/default/packages", widget("1.2.0").tarball()).status())
        .isEqualTo(201);
    assertThat(api("DELETE", versions + "1.1.0", "").status()).isEqualTo(204);
    assertThat(shelf.versions(WIDGET)).containsExactlyInAnyOrder("1.0.0", "1.2.0");
  }

  @Test
  void changeNoOtherPackage() {
    shelf.server.put(shelf.ada, REGISTRY + GADGET, gadget().publishBody());
    PackageBuilder next = gadget().version("1.1.0");
    refused(shelf.server.put(widgets, REGISTRY + GADGET, next.publishBody()));
    refused(shelf.put(widgets, "-/package/" + GADGET + "/dist-tags/next", "\"1.0.0\""));
    refused(shelf.delete(widgets, "-/package/" + GADGET + "/dist-tags/latest"));
    refused(shelf.delete(widgets, GADGET + "/-rev/1"));
    String gadget = "registries/default/packages/" + GADGET;
    refused(api("PATCH", gadget + "/versions/1.0.0", "{\"deprecated\":\"old\"}"));
    refused(api("DELETE", gadget + "/versions/1.0.0", ""));
    refused(api("POST", gadget + "/versions/1.0.0/pull", "{}"));
    refused(api("POST", gadget + "/owners", "{\"user\":\"olga\"}"));
    refused(upload("POST", "registries/default/packages", next.tarball()));
    assertThat(shelf.versions(GADGET)).containsExactly("1.0.0");
  }

  @Test
  void coverAllOfAScope() {
    String acme = limited("@acme/*");
    assertThat(shelf.publish(acme, widget("1.0.0")).status()).isEqualTo(201);
    assertThat(shelf.server.put(acme, REGISTRY + GADGET, gadget().publishBody()).status())
        .isEqualTo(201);
    PackageBuilder other = PackageBuilder.named("@acme2/gadget").version("1.0.0");
    refused(shelf.server.put(acme, REGISTRY + "@acme2%2fgadget", other.publishBody()));
  }

  @Test
  void manageNothingBesides() {
    for (Map.Entry<String, String> one :
        Map.of(
                "registries", "{\"name\":\"more\",\"kind\":\"standard\"}",
                "users", "{\"name\":\"eva\",\"role\":\"developer\"}",
                "tokens", "{}",
                "teams", "{\"name\":\"web\"}")
            .entrySet()) {
      refused(api("POST", one.getKey(), one.getValue()));
    }
    refused(
        shelf.server.send(
            widgets, "POST", REGISTRY + "-/npm/v1/tokens", "{}".getBytes(StandardCharsets.UTF_8)));
    refused(api("PATCH", "registries/default", "{\"anonymousRead\":true}"));
  }

  @Test
  void readWhatTheirAccountReads() {
    shelf.server.put(shelf.ada, REGISTRY + GADGET, gadget().publishBody());
    assertThat(shelf.server.get(widgets, REGISTRY + GADGET).status()).isEqualTo(200);
    assertThat(shelf.server.get(widgets, REGISTRY + "-/v1/search?text=gadget").text())
        .contains("@acme/gadget");
    assertThat(api("GET", "registries", "").status()).isEqualTo(200);
  }

  @Test
  void makeNobodyWhoMayOnlyReadAPublisher() {
    shelf.server.token("rita", Role.READ_ONLY);
    var limits =
        new TokenLimits(false, Set.of(), Set.of(PackageLimit.of("@acme/widget")), List.of(), null);
    String hers = shelf.server.token(shelf.server.user("rita"), limits);
    assertThat(shelf.publish(hers, widget("1.0.0")).status()).isEqualTo(403);
    TestingReply uploaded =
        shelf.server.send(
            HttpRequest.newBuilder(
                    URI.create(shelf.server.url() + "/api/v1/registries/default/packages"))
                .header("authorization", "Bearer " + hers)
                .POST(BodyPublishers.ofByteArray(widget("1.0.0").tarball()))
                .build());
    assertThat(uploaded.status()).isEqualTo(403);
  }
}
