package dev.gatehouse.app.command.policy;

import dev.gatehouse.app.command.Expiry;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.policy.store.StoredWaiver;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `waiver add` is asked for.
final class NewWaiver {
  @Parameters(index = "0", paramLabel = "REGISTRY")
  private String registry = "";

  @Parameters(index = "1", paramLabel = "PACKAGE@RANGE")
  private String versions = "";

  @Option(names = "--policy", required = true, description = "Which policy shall let them pass.")
  private String policy = "";

  @Option(names = "--reason", required = true, description = "Why.")
  private String reason = "";

  @Option(
      names = "--until",
      required = true,
      paramLabel = "WHEN",
      description = "When it ends: 12h, 30d, 8w or a day, 2027-01-31.")
  private String until = "";

  String registry() {
    return registry;
  }

  StoredWaiver.Request in(OperatorSession session) {
    NamedVersions named = NamedVersions.parse(versions);
    return new StoredWaiver.Request(
        named.name(),
        named.versions(),
        PolicyText.parse(policy),
        reason,
        Expiry.of(until, session.clock().instant()));
  }
}
