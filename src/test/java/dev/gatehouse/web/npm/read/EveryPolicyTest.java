package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.Offence;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each policy, with a tarball that it objects to, on a server: a judge that lets any one of them
/// pass turns this red. 1.0.0 is as it should be and 1.1.0 is not.
final class EveryPolicyTest {
  private static final String GOOD = "/r/default/pad/-/pad-1.0.0.tgz";
  private static final String BAD = "/r/default/pad/-/pad-1.1.0.tgz";

  @AutoClose private final Reader reader = new Reader();
  private final TestingServer server = reader.server;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FREEZE", "IMMUTABLE"})
  void whatItObjectsToIsHandedToNobodyAndListedForNobody(PolicyName policy) {
    arm(policy);

    TestingReply refusal = reader.get(BAD);

    assertThat(refusal.status()).as(refusal.toString()).isEqualTo(403);
    assertThat(refusal.error()).contains("pad@1.1.0", "/-/why/pad@1.1.0");
    assertThat(reader.get("/r/default/-/why/pad@1.1.0").text())
        .contains("\"policy\":\"" + policy + "\",\"mode\":\"enforce\",\"outcome\":\"withholds\"");
    TestingReply document = reader.get("/r/default/pad");
    assertThat(Reader.versions(document)).containsExactly("1.0.0");
    assertThat(document.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    assertThat(reader.get("/r/default/pad/1.1.0").status()).isEqualTo(403);
    assertThat(reader.get(GOOD).status()).isEqualTo(200);
  }

  @Test
  void aFrozenRegistryServesWhatIsHereAndTakesNothingIn() {
    publish("own-pad", "1.0.0", 201);
    var offence = new Offence(PolicyName.FREEZE, "pad", reader.clock.instant());
    offence.packument().putAt(reader.upstream());
    assertThat(reader.get(GOOD).status()).isEqualTo(200);
    // Closing waits until what was fetched is settled.
    server.restart();
    offence.arm(server, "default");
    List<String> blobs = server.blobs();
    int asked = reader.upstream().requests().size();

    TestingReply document = reader.get("/r/default/pad");
    assertThat(Reader.versions(document)).containsExactly("1.0.0");
    assertThat(document.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    assertThat(reader.get(GOOD).status()).isEqualTo(200);
    assertThat(reader.get(BAD).status()).isEqualTo(404);
    assertThat(reader.get("/r/default/-/withheld/pad").text())
        .contains("\"policy\":\"freeze\"", "pad@1.1.0");
    publish("own-pad", "1.1.0", 403);
    requireFrozen(server.put(reader.token, tag("own-pad"), "\"1.0.0\""));
    requireFrozen(server.put(reader.token, tag("pad"), "\"1.0.0\""));
    requireFrozen(server.delete(reader.token, "/r/default/own-pad/-rev/" + revision("own-pad")));
    assertThatThrownBy(() -> server.operate("", "pull", "default", "pad@1.1.0"))
        .hasMessageContaining("0 fetched");

    assertThat(reader.upstream().requests()).hasSize(asked);
    assertThat(server.blobs()).isEqualTo(blobs);
    assertThat(Reader.versions(reader.get("/r/default/own-pad"))).containsExactly("1.0.0");
  }

  @Test
  void anImmutableVersionKeepsItsBytesUntilTheRegistryAllowsOverwriting() {
    publish("own-pad", "1.0.0", 201);
    byte[] first = reader.get("/r/default/own-pad/-/own-pad-1.0.0.tgz").body();
    PackageBuilder other = PackageBuilder.named("own-pad").version("1.0.0").file("more.js", "2");

    TestingReply refusal = server.put(reader.token, "/r/default/own-pad", other.publishBody());

    assertThat(refusal.status()).as(refusal.toString()).isEqualTo(409);
    assertThat(refusal.error()).contains("own-pad", "a version never changes");
    assertThat(reader.get("/r/default/own-pad/-/own-pad-1.0.0.tgz").body()).isEqualTo(first);

    Registry registry = server.registry();
    server.change(registry, registry.settings().withOverwriting(true));
    assertThat(server.put(reader.token, "/r/default/own-pad", other.publishBody()).status())
        .isEqualTo(201);
    assertThat(reader.get("/r/default/own-pad/-/own-pad-1.0.0.tgz").body())
        .isEqualTo(other.tarball());
  }

  private void arm(PolicyName policy) {
    var offence = new Offence(policy, "pad", reader.clock.instant());
    offence.packument().putAt(reader.upstream());
    offence.arm(server, "default");
    server.restart();
  }

  private void publish(String name, String version, int status) {
    byte[] body = PackageBuilder.named(name).version(version).publishBody();
    TestingReply reply = server.put(reader.token, "/r/default/" + name, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
  }

  private static String tag(String name) {
    return "/r/default/-/package/" + name + "/dist-tags/next";
  }

  private String revision(String name) {
    return reader.get("/r/default/" + name).json().path("_rev").asText();
  }

  private static void requireFrozen(TestingReply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
    assertThat(reply.error()).contains("archived");
  }
}
