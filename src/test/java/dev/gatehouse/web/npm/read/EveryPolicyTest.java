package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each policy, with a tarball that it objects to, on a server: a judge that lets any one of them
/// pass turns this red. 1.0.0 is as it should be and 1.1.0 is not.
final class EveryPolicyTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final String YESTERDAY = "2026-11-21T12:00:00.000Z";
  private static final String BAD = "/r/default/pad/-/pad-1.1.0.tgz";

  @AutoClose private final Reader reader = new Reader();

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FREEZE", "IMMUTABLE"})
  void whatItObjectsToIsHandedToNobodyAndListedForNobody(PolicyName policy) {
    bad(policy).putAt(reader.upstream());
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
    assertThat(reader.get("/r/default/pad/-/pad-1.0.0.tgz").status()).isEqualTo(200);
  }

  private static TestingPackument bad(PolicyName policy) {
    return switch (policy) {
      case DECISION, MALWARE, VULNERABILITIES, BLOCK_LIST, CUSTOM, FREEZE, IMMUTABLE ->
          pad(OLD, _ -> {});
      case LICENCES -> pad(OLD, one -> one.put("license", "AGPL-3.0-only"));
      case DELAY, QUARANTINE_NEW -> pad(YESTERDAY, _ -> {});
      case INSTALL_SCRIPTS -> pad(OLD, one -> one.putObject("scripts").put("preinstall", "node x"));
      case EXOTIC -> pad(OLD, one -> one.putObject("dependencies").put("x", "github:a/b"));
      case TRUST -> pad(OLD, one -> one.putObject("_npmUser").put("name", "eve"));
      case SCANNED ->
          good()
              .version(
                  "1.1.0",
                  OLD,
                  _ -> {},
                  PackageBuilder.named("pad")
                      .version("1.1.0")
                      .entry(
                          "package/../../etc/passwd",
                          (byte) '0',
                          "x".getBytes(StandardCharsets.UTF_8)));
      case CONSISTENCY ->
          good()
              .version(
                  "1.1.0",
                  OLD,
                  _ -> {},
                  PackageBuilder.named("pad")
                      .version("1.1.0")
                      .manifest(one -> one.putObject("scripts").put("postinstall", "node steal")));
    };
  }

  private static TestingPackument pad(String published, Consumer<ObjectNode> change) {
    return good().version("1.1.0", published, change);
  }

  private static TestingPackument good() {
    return TestingPackument.of("pad")
        .version(
            "1.0.0",
            OLD,
            one -> one.put("license", "MIT").putObject("_npmUser").put("name", "ada"));
  }

  private void arm(PolicyName policy) {
    switch (policy) {
      case DECISION ->
          operate("", "quarantine", "add", "default", "pad@1.1.0", "--reason", "It smells");
      case MALWARE -> {
        operate(TestingFeed.malwareRecord("MAL-1", "pad", "\"1.1.0\""), "advisories", "add", "-");
        set(policy, "{}");
      }
      case VULNERABILITIES -> {
        operate(
            TestingFeed.vulnerableRecord("GHSA-1", "pad", "1.2.0")
                .replace("\"introduced\":\"0\"", "\"introduced\":\"1.1.0\""),
            "advisories",
            "add",
            "-");
        set(policy, "{}");
      }
      case BLOCK_LIST -> set(policy, "{'list':['pad@1.1.0']}");
      case LICENCES ->
          set(
              policy,
              "{'rules':[{'licence':'AGPL-*','action':'block','severity':'high'}],'otherwise':{'missing':'allow'}}");
      case DELAY -> set(policy, "{'age':'3d'}");
      case QUARANTINE_NEW -> set(policy, "{'since':'2026-11-01T00:00:00Z'}");
      case TRUST -> set(policy, "{'new-publisher':'block','unchecked':'allow'}");
      case CUSTOM ->
          set(
              policy,
              "{'rules':[{'when':'version == \\'1.1.0\\'','action':'block','reason':'We say so.'}]}");
      case INSTALL_SCRIPTS, SCANNED, EXOTIC, CONSISTENCY -> set(policy, "{}");
      case FREEZE, IMMUTABLE -> throw new IllegalArgumentException("They withhold nothing.");
    }
  }

  /// What a command changes holds within two seconds, and after a restart at once.
  private void operate(String input, String... words) {
    reader.server.operate(input, words);
    reader.server.restart();
  }

  private void set(PolicyName policy, String settings) {
    try {
      String json = settings.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
      reader
          .server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              reader.server.registry(),
              policy,
              Mode.ENFORCE,
              (ObjectNode) MAPPER.readTree(json));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
