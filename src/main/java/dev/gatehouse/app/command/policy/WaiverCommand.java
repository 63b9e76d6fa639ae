package dev.gatehouse.app.command.policy;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.policy.store.StoredWaiver;
import dev.gatehouse.policy.store.Waivers;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse waiver …`: exceptions from policies.
@Command(
    name = "waiver",
    description = "Make exceptions from policies, for a time.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class WaiverCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public WaiverCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      long id,
      String name,
      String range,
      String policy,
      String state,
      String reason,
      String until,
      String askedBy,
      @Nullable String decidedBy) {}

  /// `waiver add REGISTRY PACKAGE@RANGE`.
  @Command(
      description = {
        "Let versions pass a policy until a day. A version alone is that version and no other; a"
            + " range holds no prereleases that it does not name."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  ./gatehouse waiver add team left-pad@1.3.0 --policy delay --until 7d --reason \"Urgent\"",
      mixinStandardHelpOptions = true)
  int add(@Mixin DatabaseOptions options, @Mixin NewWaiver wanted) {
    try (OperatorSession session = options.open(context())) {
      Registry registry = session.registry(wanted.registry());
      var waivers = new Waivers(session.policies());
      long id = waivers.ask(OperatorSession.ACTOR, registry, wanted.in(session));
      waivers.approve(OperatorSession.ACTOR, registry, id);
      return say("Waiver %d is in force in \"%s\".".formatted(id, registry.name()));
    }
  }

  /// `waiver approve REGISTRY ID`.
  @Command(
      description = "Put a waiver in force that somebody asked for.",
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "ID", description = "As `waiver list` shows it.") long id) {
    try (OperatorSession session = options.open(context())) {
      new Waivers(session.policies())
          .approve(OperatorSession.ACTOR, session.registry(registry), id);
      return say("Waiver %d is in force.".formatted(id));
    }
  }

  /// `waiver refuse REGISTRY ID`.
  @Command(
      description = "Refuse a waiver that somebody asked for.",
      mixinStandardHelpOptions = true)
  int refuse(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "ID", description = "As `waiver list` shows it.") long id) {
    try (OperatorSession session = options.open(context())) {
      new Waivers(session.policies()).refuse(OperatorSession.ACTOR, session.registry(registry), id);
      return say("Waiver %d is refused.".formatted(id));
    }
  }

  /// `waiver revoke REGISTRY ID`.
  @Command(description = "End a waiver that is in force.", mixinStandardHelpOptions = true)
  int revoke(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "ID", description = "As `waiver list` shows it.") long id) {
    try (OperatorSession session = options.open(context())) {
      new Waivers(session.policies()).revoke(OperatorSession.ACTOR, session.registry(registry), id);
      return say("Waiver %d is revoked.".formatted(id));
    }
  }

  /// `waiver list REGISTRY`.
  @Command(
      description = "List waivers, the newest first.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse waiver list team --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          new Waivers(session.policies())
              .list(session.registry(registry)).stream().map(WaiverCommand::row).toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("ID", "VERSIONS", "POLICY", "STATE", "UNTIL", "ASKED BY", "REASON"),
              WaiverCommand::cells);
      return 0;
    }
  }

  private static Row row(StoredWaiver waiver) {
    StoredWaiver.Request request = waiver.request();
    StoredWaiver.Step decision = waiver.decision();
    return new Row(
        waiver.id(),
        request.name(),
        request.range(),
        request.policy().text(),
        waiver.state().name().toLowerCase(Locale.ROOT),
        request.reason(),
        request.until().toString(),
        waiver.asked().by(),
        decision == null ? null : decision.by());
  }

  private static List<String> cells(Row row) {
    return List.of(
        Long.toString(row.id),
        row.name + "@" + row.range,
        row.policy,
        row.state,
        row.until,
        row.askedBy,
        row.reason);
  }
}
