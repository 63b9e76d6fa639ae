package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an upstream, a client or a registry below may try to get a version past the policies. The
/// clock stands at 2026-11-22T12:00:00Z.
final class AttacksTest {
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final String BAD = "/r/default/pad/-/pad-1.1.0.tgz";

  @AutoClose private final Reader reader = new Reader();

  @Test
  void aTagThatIsMovedOntoAWithheldVersionLeadsBelowIt() {
    pad("pad").tag("latest", "1.0.0").tag("next", "1.0.0").putAt(reader.upstream());
    block("default", "pad@1.1.0");
    assertThat(reader.get("/r/default/pad/next").json().path("version").asText())
        .isEqualTo("1.0.0");

    pad("pad").tag("latest", "1.1.0").tag("next", "1.1.0").putAt(reader.upstream());

    TestingReply moved = reader.get("/r/default/pad?write=true");
    assertThat(moved.json().path("dist-tags").toString())
        .isEqualTo("{\"latest\":\"1.0.0\",\"next\":\"1.0.0\"}");
    for (String tag : List.of("latest", "next")) {
      assertThat(reader.get("/r/default/pad/" + tag).json().path("version").asText())
          .as(tag)
          .isEqualTo("1.0.0");
    }
    assertThat(reader.get("/r/default/-/package/pad/dist-tags").text()).doesNotContain("1.1.0");
    assertThat(reader.get(BAD).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aVersionThatComesAgainWithOtherBytesWaitsAnewWhateverTimeItClaims(boolean unpublished) {
    pad("pad").putAt(reader.upstream());
    set("default", PolicyName.DELAY, "age", "3d");
    assertThat(reader.get(BAD).status()).isEqualTo(200);
    byte[] first = reader.get(BAD).body();
    reader.clock.advance(Duration.ofHours(1));
    if (unpublished) {
      TestingPackument.of("pad").version("1.0.0").putAt(reader.upstream());
      assertThat(versions()).containsExactly("1.0.0");
      reader.clock.advance(Duration.ofHours(1));
    }
    PackageBuilder other = PackageBuilder.named("pad").version("1.1.0").file("steal.js", "");

    TestingPackument.of("pad")
        .version("1.0.0")
        .version("1.1.0", OLD, _ -> {}, other)
        .putAt(reader.upstream());

    assertThat(versions()).containsExactly("1.0.0");
    assertThat(reader.get(BAD).text()).contains("held until");
    reader.clock.advance(Duration.ofDays(3));
    assertThat(versions()).containsExactly("1.0.0", "1.1.0");
    assertThat(reader.get(BAD).body()).isEqualTo(other.tarball()).isNotEqualTo(first);
  }

  @Test
  void whatStaysAsItWasNeedNotWaitAgain() {
    pad("pad").putAt(reader.upstream());
    set("default", PolicyName.DELAY, "age", "3d");
    assertThat(versions()).containsExactly("1.0.0", "1.1.0");
    reader.clock.advance(Duration.ofHours(1));

    pad("pad").version("1.2.0").putAt(reader.upstream());
    assertThat(versions()).containsExactly("1.0.0", "1.1.0");
    reader.clock.advance(Duration.ofDays(3));
    assertThat(versions()).containsExactly("1.0.0", "1.1.0", "1.2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@acme/pad", "@acme%2fpad", "@acme%2Fpad", "%40acme/pad", "%40acme%2fp%61d"})
  void noEncodingOfANameIsAWayAround(String name) {
    pad("@acme/pad").putAt(reader.upstream());
    block("default", "@acme/pad@1.1.0");

    assertThat(Reader.versions(reader.get("/r/default/" + name))).containsExactly("1.0.0");
    for (String path : List.of("/1.1.0", "/-/pad-1.1.0.tgz", "/-/@acme/pad-1.1.0.tgz")) {
      assertThat(reader.get("/r/default/" + name + path).status()).as(path).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PAD", "Pad/1.1.0", "PAD/-/PAD-1.1.0.tgz", "pad/-/PAD-1.1.0.tgz", "pad./1.1.0"})
  void aNameInOtherLettersIsAnotherName(String path) {
    pad("pad").putAt(reader.upstream());
    block("default", "pad@1.1.0");

    assertThat(reader.get("/r/default/" + path).status()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void aQuarantineByHandReachesEveryRegistryDownstreamAndNoWaiverThereOpensIt() {
    pad("pad").putAt(reader.upstream());
    Registry base = reader.registry("base", new Upstreams.Public());
    Registry middle = reader.registry("middle", new Upstreams.Here(base));
    reader.registry("top", new Upstreams.Here(middle));
    String bad = "/r/top/pad/-/pad-1.1.0.tgz";
    assertThat(reader.get(bad).status()).as("cached on the way").isEqualTo(200);
    block("middle", "pad@1.1.0");

    operate("quarantine", "add", "base", "pad@1.1.0", "--reason", "It smells");
    operate(
        "waiver",
        "add",
        "middle",
        "pad@1.1.0",
        "--policy",
        "block-list",
        "--until",
        "30d",
        "--reason",
        "We need it");

    for (String registry : List.of("base", "middle", "top")) {
      TestingReply refusal = reader.get("/r/" + registry + "/pad/-/pad-1.1.0.tgz");
      assertThat(refusal.status()).as(registry).isEqualTo(403);
      assertThat(refusal.error()).contains("It smells").doesNotContain("block-list");
      assertThat(Reader.versions(reader.get("/r/" + registry + "/pad"))).containsExactly("1.0.0");
    }
    operate("quarantine", "release", "base", "pad@1.1.0", "--reason", "Read it");
    assertThat(reader.get(bad).status()).isEqualTo(200);
  }

  private static TestingPackument pad(String name) {
    return TestingPackument.of(name).version("1.0.0").version("1.1.0");
  }

  private List<String> versions() {
    return Reader.versions(reader.get("/r/default/pad?write=true"));
  }

  /// What a command changes holds within two seconds, and after a restart at once.
  private void operate(String... words) {
    reader.server.operate("", words);
    reader.server.restart();
  }

  private void block(String registry, String pattern) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.putArray("list").add(pattern);
    set(registry, PolicyName.BLOCK_LIST, settings);
  }

  private void set(String registry, PolicyName policy, String setting, String value) {
    set(registry, policy, JsonNodeFactory.instance.objectNode().put(setting, value));
  }

  private void set(String registry, PolicyName policy, ObjectNode settings) {
    reader
        .server
        .services()
        .policies()
        .set(
            new Actor.Operator(), reader.server.registry(registry), policy, Mode.ENFORCE, settings);
  }
}
