package dev.gatehouse.web.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.install.attestation.RealBundle;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The provenance that comes with a publish is checked like an upstream's: by the trust root, and
/// nobody is asked.
final class HostedProvenanceTest {
  private static final String TARBALL = "/r/default/sigstore/-/sigstore-2.2.0.tgz";

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private String ada = "";

  @BeforeEach
  void logIn() {
    ada = server.token("ada", Role.DEVELOPER);
  }

  /// Publishes the bytes that the real bundle is of, with that bundle or what became of it.
  private void publish(String bundle) {
    byte[] tarball = RealBundle.tarball();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("_id", "sigstore").put("name", "sigstore");
    document.putObject("dist-tags").put("latest", "2.2.0");
    ObjectNode version = document.putObject("versions").putObject("2.2.0");
    version.put("name", "sigstore").put("version", "2.2.0");
    version
        .putObject("dist")
        .put("integrity", RealBundle.THIRD.integrity())
        .put("shasum", TestingPackage.shasum(tarball))
        .put("tarball", "http://localhost/sigstore/-/sigstore-2.2.0.tgz");
    ObjectNode attachments = document.putObject("_attachments");
    attachments
        .putObject("sigstore-2.2.0.tgz")
        .put("content_type", "application/octet-stream")
        .put("data", Base64.getEncoder().encodeToString(tarball))
        .put("length", tarball.length);
    attachments
        .putObject("sigstore-2.2.0.sigstore")
        .put("content_type", "application/vnd.dev.sigstore.bundle.v0.3+json")
        .put("data", bundle)
        .put("length", bundle.length());
    TestingReply reply = server.put(ada, "/r/default/sigstore", document.toString());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
  }

  private static String real() throws JsonProcessingException {
    return new JsonMapper()
        .readTree(RealBundle.THIRD.document())
        .at("/attestations/0/bundle")
        .toString();
  }

  private JsonNode provenance(String registry, String spec) {
    TestingReply reply = server.get(ada, "/r/%s/-/why/%s".formatted(registry, spec));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().path("provenance");
  }

  private void demandVerified() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("hosted", true);
    settings
        .putArray("rules")
        .addObject()
        .put("when", "provenance != \"verified\"")
        .put("action", "block")
        .put("reason", "We install what is known to be built from its source.");
    server
        .services()
        .policies()
        .set(new Actor.Operator(), server.registry(), PolicyName.CUSTOM, Mode.ENFORCE, settings);
  }

  @Test
  void isVerifiedAndItsSignerNamed() throws JsonProcessingException {
    publish(real());
    Registry below = server.registry();
    server.addRegistry(
        "team", Registry.Settings.of(Registry.Kind.STANDARD), new Upstreams.Here(below));

    for (String registry : new String[] {"default", "team"}) {
      JsonNode found = provenance(registry, "sigstore@2.2.0");
      assertThat(found.path("state").asText()).as(registry).isEqualTo("verified");
      assertThat(found.at("/signer/identity").asText())
          .startsWith("https://github.com/sigstore/sigstore-js/");
    }
    assertThat(server.upstream().requests("/-/npm/v1/attestations/sigstore@2.2.0")).isEmpty();
  }

  @Test
  void withOneFlippedByteIsWrong() throws JsonProcessingException {
    publish(real().replace("MEYCIQDGTDTz", "MEYCIQDGTDTy"));

    JsonNode found = provenance("default", "sigstore@2.2.0");

    assertThat(found.path("state").asText()).isEqualTo("wrong");
    assertThat(found.path("sentence").asText()).contains("does not verify");
  }

  @Test
  void isLookedAtBeforeTheFirstByteWhereARuleAsks() throws JsonProcessingException {
    publish(real());
    demandVerified();
    assertThat(server.get(ada, TARBALL).body()).isEqualTo(RealBundle.tarball());
  }

  @Test
  void thatIsWrongKeepsTheTarballBackWhereARuleAsks() throws JsonProcessingException {
    publish(real().replace("MEYCIQDGTDTz", "MEYCIQDGTDTy"));
    demandVerified();
    TestingReply refusal = server.get(ada, TARBALL);
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.error()).contains("built from its source");
    assertThat(server.get(ada, "/r/default/sigstore").json().path("versions")).isEmpty();
  }

  @Test
  void thatNobodySignedIsWrongAndNoneIsNone() {
    var made = PackageBuilder.named("acme-hosted-claim").version("1.0.0");
    ObjectNode document = PackageBuilder.attachProvenance(made.publishDocument(), made.tarball());
    assertThat(server.put(ada, "/r/default/acme-hosted-claim", document.toString()).status())
        .isEqualTo(201);
    assertThat(provenance("default", "acme-hosted-claim@1.0.0").path("state").asText())
        .isEqualTo("wrong");

    byte[] plain = PackageBuilder.named("acme-hosted-plain").version("1.0.0").publishBody();
    assertThat(server.put(ada, "/r/default/acme-hosted-plain", plain).status()).isEqualTo(201);
    assertThat(provenance("default", "acme-hosted-plain@1.0.0").path("state").asText())
        .isEqualTo("none");
  }
}
