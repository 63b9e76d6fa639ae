package dev.gatehouse.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// A package that one policy objects to: 1.0.0 is as it should be, and 1.1.0 is not.
///
/// @param policy which policy
/// @param name the package
/// @param now what time it is where that is judged
public record Offence(PolicyName policy, String name, Instant now) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String OLD = "2020-01-01T00:00:00.000Z";

  /// The package as an upstream has it.
  public TestingPackument packument() {
    return switch (policy) {
      case DECISION, MALWARE, VULNERABILITIES, BLOCK_LIST, CUSTOM, FREEZE, IMMUTABLE ->
          bad(OLD, _ -> {});
      case LICENCES -> bad(OLD, one -> one.put("license", "AGPL-3.0-only"));
      case DELAY, QUARANTINE_NEW -> bad(now.minus(Duration.ofDays(1)).toString(), _ -> {});
      case INSTALL_SCRIPTS -> bad(OLD, one -> one.putObject("scripts").put("preinstall", "node x"));
      case EXOTIC -> bad(OLD, one -> one.putObject("dependencies").put("x", "github:a/b"));
      case TRUST -> bad(OLD, one -> one.putObject("_npmUser").put("name", "eve"));
      case SCANNED ->
          bad(
              packed()
                  .entry(
                      "package/../../etc/passwd",
                      (byte) '0',
                      "x".getBytes(StandardCharsets.UTF_8)));
      case CONSISTENCY ->
          bad(packed().manifest(one -> one.putObject("scripts").put("postinstall", "node steal")));
    };
  }

  /// Lets a registry object. What a command has changed holds after a restart at once.
  public void arm(TestingServer server, String registry) {
    switch (policy) {
      case DECISION ->
          server.operate(
              "", "quarantine", "add", registry, name + "@1.1.0", "--reason", "It smells");
      case MALWARE -> {
        advise(server, TestingFeed.malwareRecord("MAL-1", name, "\"1.1.0\""));
        set(server, registry, "{}");
      }
      case VULNERABILITIES -> {
        advise(
            server,
            TestingFeed.vulnerableRecord("GHSA-1", name, "1.2.0")
                .replace("\"introduced\":\"0\"", "\"introduced\":\"1.1.0\""));
        set(server, registry, "{}");
      }
      case BLOCK_LIST -> set(server, registry, "{'list':['" + name + "@1.1.0']}");
      case LICENCES ->
          set(
              server,
              registry,
              "{'rules':[{'licence':'AGPL-*','action':'block','severity':'high'}],'otherwise':{'missing':'allow'}}");
      case DELAY -> set(server, registry, "{'age':'3d'}");
      case QUARANTINE_NEW ->
          set(server, registry, "{'since':'" + now.minus(Duration.ofDays(20)) + "'}");
      case TRUST -> set(server, registry, "{'new-publisher':'block','unchecked':'allow'}");
      case CUSTOM ->
          set(
              server,
              registry,
              "{'rules':[{'when':'version == \\'1.1.0\\'','action':'block','reason':'We say so.'}]}");
      case INSTALL_SCRIPTS, SCANNED, EXOTIC, CONSISTENCY -> set(server, registry, "{}");
      case FREEZE ->
          server.change(
              server.registry(registry), server.registry(registry).settings().withArchived(true));
      case IMMUTABLE -> {} // It is on from the start.
    }
  }

  private TestingPackument bad(String published, Consumer<ObjectNode> change) {
    return good().version("1.1.0", published, change);
  }

  private TestingPackument bad(PackageBuilder packed) {
    return good().version("1.1.0", OLD, _ -> {}, packed);
  }

  private TestingPackument good() {
    return TestingPackument.of(name)
        .version(
            "1.0.0",
            OLD,
            one -> one.put("license", "MIT").putObject("_npmUser").put("name", "ada"));
  }

  private PackageBuilder packed() {
    return PackageBuilder.named(name).version("1.1.0");
  }

  private static void advise(TestingServer server, String record) {
    server.operate(record, "advisories", "add", "-");
  }

  private void set(TestingServer server, String registry, String settings) {
    try {
      String json = settings.replace("\\'", "\u0000").replace('\'', '"').replace('\u0000', '\'');
      server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              server.registry(registry),
              policy,
              Mode.ENFORCE,
              (ObjectNode) MAPPER.readTree(json));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
