package dev.gatehouse.app.command.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.store.LicencePolicies;
import dev.gatehouse.policy.store.NamedLicences;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse licences …`: licence policies by name.
@Command(
    name = "licences",
    description = "Show and set the licence policies that registries refer to by name.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class LicencesCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public LicencesCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String name, ObjectNode settings, String changed, String changedBy) {
    static Row of(NamedLicences one) {
      return new Row(one.name(), one.whole(), one.change().at().toString(), one.change().by());
    }
  }

  /// `licences list`.
  @Command(
      description = "List the licence policies of the workspace.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse licences list",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          new LicencePolicies(session.policies())
              .list(session.workspace()).stream().map(Row::of).toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("NAME", "RULES", "SET BY"),
              row ->
                  List.of(
                      row.name,
                      String.valueOf(row.settings.path("rules").size()),
                      row.changedBy + " at " + row.changed));
      return 0;
    }
  }

  /// `licences show NAME`.
  @Command(
      description = "Show a licence policy, as JSON.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse licences show strict",
      mixinStandardHelpOptions = true)
  int show(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      NamedLicences found =
          new LicencePolicies(session.policies()).require(session.workspace(), name);
      new Listing(out()).json(Row.of(found));
      return 0;
    }
  }

  /// `licences set NAME NAME=VALUE…`.
  @Command(
      description = {
        "Make or change a licence policy. What is not named stays as it is; nothing behind its ="
            + " takes it back. Registries that refer to it follow within two seconds."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./gatehouse licences set strict otherwise.other=block otherwise.unknown=block",
        "  ./gatehouse policy set team licences enforce use=strict"
      },
      mixinStandardHelpOptions = true)
  int set(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "NAME=VALUE", arity = "0..*") @Nullable List<String> settings) {
    try (OperatorSession session = options.openInTurn(context())) {
      ObjectNode layer =
          SettingArguments.of(PolicyName.LICENCES, settings == null ? List.of() : settings);
      List<String> referring =
          new LicencePolicies(session.policies())
              .set(OperatorSession.ACTOR, session.workspace(), name, layer);
      return say(
          "The licence policy \"%s\" is set. %s"
              .formatted(
                  name,
                  referring.isEmpty()
                      ? "Nobody refers to it: ./gatehouse policy set REGISTRY licences enforce use="
                          + name
                      : "It counts in: " + String.join(", ", referring) + "."));
    }
  }

  /// `licences delete NAME`.
  @Command(
      description = "Forget a licence policy that nobody refers to.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse licences delete strict",
      mixinStandardHelpOptions = true)
  int delete(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      new LicencePolicies(session.policies())
          .delete(OperatorSession.ACTOR, session.workspace(), name);
      return say("The licence policy \"%s\" is gone.".formatted(name));
    }
  }
}
