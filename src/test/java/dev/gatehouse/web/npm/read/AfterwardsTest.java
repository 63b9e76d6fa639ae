package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.install.attestation.RealBundle;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingPackage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What policies that only observe wait for is found out once somebody has fetched the version.
final class AfterwardsTest {
  private static final String PAD = "/r/default/acme-observed-pad";
  private static final String TARBALL = PAD + "/-/acme-observed-pad-1.0.0.tgz";
  private static final String PLACE = "/-/npm/v1/attestations/acme-observed-pad@1.0.0";

  @AutoClose private final Reader reader = new Reader();

  /// A version with the provenance of something else, whose manifest hides a dependency.
  @BeforeEach
  void put() {
    var made = TestingPackage.of("acme-observed-pad", "1.0.0");
    made.putAt(reader.upstream());
    String packument =
        made.packument(reader.upstream().url(), made.tarball())
            .replace(
                "\"shasum\"",
                "\"attestations\":{\"url\":\"https://elsewhere.example%s\",\"provenance\":{\"predicateType\":\"x\"}},\"shasum\""
                    .formatted(PLACE))
            .replace("\"dist\":", "\"dependencies\":{\"acme-observed-other\":\"1.0.0\"},\"dist\":");
    reader.upstream().put("acme-observed-pad", packument);
    reader.upstream().at(PLACE).body(RealBundle.THIRD.document());
  }

  private void set(PolicyName policy, Mode mode) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    if (policy == PolicyName.TRUST) {
      settings.put("new-publisher", "allow").put("missing", "allow").put("unchecked", "allow");
    }
    reader
        .server
        .services()
        .policies()
        .set(new Actor.Operator(), reader.server.registry(), policy, mode, settings);
  }

  private void fetch() {
    assertThat(reader.get(TARBALL).status()).isEqualTo(200);
    reader.server.services().downloads().flush();
    reader.server.services().afterwards().settle();
  }

  @Test
  void observedTrustLooksAtProvenanceOnceTheVersionWasFetched() {
    set(PolicyName.TRUST, Mode.OBSERVE);
    assertThat(reader.get(PAD).status()).isEqualTo(200);
    assertThat(reader.upstream().requests(PLACE)).as("only listed").isEmpty();

    fetch();

    assertThat(reader.upstream().requests(PLACE)).hasSize(1);
    set(PolicyName.TRUST, Mode.ENFORCE);
    assertThat(reader.get(PAD).status()).as("known without another look").isEqualTo(403);
    assertThat(reader.upstream().requests(PLACE)).hasSize(1);
  }

  @Test
  void anObservedPolicyThatNeedsTheTarballLooksIntoIt() {
    set(PolicyName.CONSISTENCY, Mode.OBSERVE);

    fetch();

    JsonNode policies =
        reader.get("/r/default/-/why/acme-observed-pad@1.0.0").json().at("/registries/0/policies");
    assertThat(policies)
        .anySatisfy(one -> {
          assertThat(one.path("policy").asText()).isEqualTo("consistency");
          assertThat(one.path("outcome").asText()).isEqualTo("would-withhold");
        });
  }

  @Test
  void nobodyLooksWhereNoPolicyAsks() {
    set(PolicyName.EXOTIC, Mode.OBSERVE);
    fetch();
    assertThat(reader.upstream().requests(PLACE)).isEmpty();
  }

  @Test
  void anUpstreamThatFailsIsAskedAgainByALaterFetch() {
    set(PolicyName.TRUST, Mode.OBSERVE);
    reader.upstream().at(PLACE).status(500);
    fetch();
    reader.upstream().at(PLACE).body(RealBundle.THIRD.document());
    reader.clock.advance(java.time.Duration.ofHours(1));
    reader.server.restart();
    fetch();
    set(PolicyName.TRUST, Mode.ENFORCE);
    assertThat(reader.get(PAD).status()).isEqualTo(403);
  }
}
