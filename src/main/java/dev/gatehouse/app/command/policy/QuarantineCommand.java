package dev.gatehouse.app.command.policy;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.VersionDecision.State;
import dev.gatehouse.policy.store.StoredDecision;
import dev.gatehouse.policy.store.VersionDecisions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse quarantine …`: what people decide about single versions.
@Command(
    name = "quarantine",
    description = "Withhold single versions by hand, and release them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class QuarantineCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public QuarantineCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      String name, String version, String state, String reason, String at, String by) {}

  /// `quarantine add REGISTRY PACKAGE@VERSION`.
  @Command(
      description = "Withhold a version until somebody releases it.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse quarantine add team left-pad@1.3.0 --reason \"Asks for a network\"",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "PACKAGE@VERSION") String version,
      @Option(names = "--reason", required = true, description = "Why; clients are shown it.")
          String reason) {
    var decision = new VersionDecision(State.QUARANTINED, reason, Set.of());
    decide(options, registry, version, decision);
    return say("%s is withheld in \"%s\" until somebody releases it.".formatted(version, registry));
  }

  /// `quarantine release REGISTRY PACKAGE@VERSION`.
  @Command(
      description = {
        "Release a version that was quarantined: by hand, or by a policy for the causes that you"
            + " name. A cause that comes up later quarantines it anew."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  ./gatehouse quarantine release team left-pad@1.3.0 --reason Read --cause install-scripts",
      mixinStandardHelpOptions = true)
  int release(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "PACKAGE@VERSION") String version,
      @Option(names = "--reason", required = true, description = "Why.") String reason,
      @Option(
              names = "--cause",
              paramLabel = "CAUSE",
              description = "A cause as the page about the version names it. Repeatable.")
          @Nullable List<String> causes) {
    Set<String> lifted = causes == null ? Set.of() : Set.copyOf(causes);
    decide(options, registry, version, new VersionDecision(State.RELEASED, reason, lifted));
    return say("%s is released in \"%s\".".formatted(version, registry));
  }

  /// `quarantine list REGISTRY`.
  @Command(
      description = "List what was decided about versions, the newest first.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse quarantine list team",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          new VersionDecisions(session.policies())
              .list(session.registry(registry)).stream().map(QuarantineCommand::row).toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("VERSION", "STATE", "BY", "AT", "REASON"),
              row -> List.of(row.name + "@" + row.version, row.state, row.by, row.at, row.reason));
      return 0;
    }
  }

  private void decide(
      DatabaseOptions options, String registry, String version, VersionDecision decision) {
    try (OperatorSession session = options.open(context())) {
      NamedVersions named = NamedVersions.parse(version);
      new VersionDecisions(session.policies())
          .decide(
              OperatorSession.ACTOR,
              session.registry(registry),
              named.name(),
              named.versions(),
              decision);
    }
  }

  private static Row row(StoredDecision stored) {
    return new Row(
        stored.name(),
        stored.version(),
        stored.decision().state().name().toLowerCase(Locale.ROOT),
        stored.decision().reason(),
        stored.at().toString(),
        stored.by());
  }
}
