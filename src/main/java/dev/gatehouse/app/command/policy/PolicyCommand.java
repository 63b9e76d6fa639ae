package dev.gatehouse.app.command.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.LockfileInput;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.command.StoreSession;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.dryrun.DryRun;
import dev.gatehouse.install.dryrun.DryRun.Asked;
import dev.gatehouse.install.dryrun.DryRun.Trial;
import dev.gatehouse.npm.lockfile.Lockfile;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.policy.store.PolicyState;
import dev.gatehouse.policy.store.StoredPolicy;
import dev.gatehouse.registries.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse policy …`: what registries withhold.
@Command(
    name = "policy",
    description = "Show and set what registries withhold.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class PolicyCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public PolicyCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      String policy,
      String mode,
      ObjectNode settings,
      String source,
      @Nullable String changed,
      @Nullable String changedBy) {}

  /// `policy list REGISTRY`.
  @Command(
      description = "List the policies of a registry, and where each is set.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse policy list team",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session.policies().states(session.registry(registry)).stream()
              .map(PolicyCommand::row)
              .toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("POLICY", "MODE", "SET BY"),
              row -> List.of(row.policy, row.mode, source(row)));
      return 0;
    }
  }

  /// `policy show REGISTRY POLICY`.
  @Command(
      description = "Show a policy with all its settings, as JSON.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse policy show team delay",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "POLICY") String policy) {
    try (OperatorSession session = options.open(context())) {
      new Listing(out()).json(row(state(session, session.registry(registry), policy)));
      return 0;
    }
  }

  /// `policy set REGISTRY POLICY MODE`.
  @Command(
      description = {
        "Set a policy of a registry. A setting that is not named stays as it is; nothing behind its"
            + " = takes it back. A running server follows within two seconds."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./gatehouse policy set team delay enforce age=7d exempt=@team/*,typescript",
        "  ./gatehouse policy set team vulnerabilities enforce severity.high=block",
        "  ./gatehouse policy set team licences observe"
      },
      mixinStandardHelpOptions = true)
  int set(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "POLICY") String policy,
      @Parameters(paramLabel = "off|observe|enforce") Mode mode,
      @Parameters(paramLabel = "NAME=VALUE", arity = "0..*") @Nullable List<String> settings) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry found = session.registry(registry);
      PolicyName name = PolicyText.parse(policy);
      if (name == PolicyName.IMMUTABLE) {
        overwriting(session, found, mode);
      } else {
        session.policies().set(OperatorSession.ACTOR, found, name, mode, typed(name, settings));
      }
      return say(
          "\"%s\" is %s in \"%s\" now."
              .formatted(name, word(state(session, found, policy).mode()), found.name()));
    }
  }

  /// `policy default POLICY MODE`.
  @Command(
      name = "default",
      description = "Set a policy for all registries of the workspace that do not set it.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse policy default delay observe age=1d",
      mixinStandardHelpOptions = true)
  int setDefault(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "POLICY") String policy,
      @Parameters(paramLabel = "off|observe|enforce") Mode mode,
      @Parameters(paramLabel = "NAME=VALUE", arity = "0..*") @Nullable List<String> settings) {
    try (OperatorSession session = options.openInTurn(context())) {
      PolicyName name = PolicyText.parse(policy);
      session
          .policies()
          .setDefault(
              OperatorSession.ACTOR, session.workspace(), name, mode, typed(name, settings));
      return say(
          "\"%s\" is %s now wherever a registry does not set it.".formatted(name, word(mode)));
    }
  }

  /// `policy inherit REGISTRY POLICY`.
  @Command(
      description = "Forget what a registry sets of a policy: the workspace's default counts.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse policy inherit team delay",
      mixinStandardHelpOptions = true)
  int inherit(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String registry,
      @Parameters(paramLabel = "POLICY") String policy) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry found = session.registry(registry);
      session.policies().inherit(OperatorSession.ACTOR, found, PolicyText.parse(policy));
      return say(
          "\"%s\" is %s in \"%s\" now, as inherited."
              .formatted(policy, word(state(session, found, policy).mode()), found.name()));
    }
  }

  /// `policy dryrun --registry REGISTRY`.
  @Command(
      description = {
        "Tell what policies would break before they are set: of what was fetched through the"
            + " registry, or of a lockfile, the versions that would be refused, and what clients"
            + " would take instead. Nothing is changed."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./gatehouse policy dryrun --registry team --set delay=enforce,age=7d",
        "  ./gatehouse policy dryrun --registry team --set licences=enforce --lockfile yarn.lock"
      },
      mixinStandardHelpOptions = true)
  int dryrun(@Mixin DatabaseOptions options, @Mixin DryRunOptions wanted) throws IOException {
    Map<String, Lockfile.Understood> lockfiles = new LinkedHashMap<>();
    wanted.lockfiles().forEach(file -> lockfiles.put(file.toString(), LockfileInput.read(file)));
    try (StoreSession session = StoreSession.open(options, context())) {
      Registry registry = session.operator().registry(wanted.registry());
      Rules draft = session.ground().policing().policies().draft(registry, wanted.drafts());
      DryRun dryRun = session.reading().dryRun();
      var report = DryRunReport.begin(registry.name(), wanted.json(), out());
      Instant since = wanted.since(context().clock());
      if (since != null) {
        List<Asked> asked = new ArrayList<>();
        new Downloads(session.operator().database())
            .asked(registry.id(), since, (name, version) -> asked.add(new Asked(name, version)));
        dryRun
            .run(new Trial(registry, draft, Ask.STORED), asked)
            .forEach(fate -> report.add("downloads", fate));
      }
      lockfiles.forEach((file, read) -> {
        read.skipped().forEach(this::warn);
        dryRun
            .run(new Trial(registry, draft, Ask.USUAL), asked(read))
            .forEach(fate -> report.add(file, fate));
      });
      report.end();
      return 0;
    }
  }

  private static List<Asked> asked(Lockfile.Understood read) {
    return read.packages().stream().map(one -> new Asked(one.name(), one.version())).toList();
  }

  /// Immutable versions are the registry's own setting: there is one truth about it.
  private static void overwriting(OperatorSession session, Registry registry, Mode mode) {
    if (mode == Mode.OBSERVE) {
      throw SettingArguments.malformed(
          "Versions are immutable or they are not: set it to enforce or off.");
    }
    session
        .registries()
        .change(
            OperatorSession.ACTOR, registry, registry.settings().withOverwriting(mode == Mode.OFF));
  }

  private static ObjectNode typed(PolicyName policy, @Nullable List<String> settings) {
    return SettingArguments.of(policy, settings == null ? List.of() : settings);
  }

  private static PolicyState state(OperatorSession session, Registry registry, String policy) {
    PolicyName name = PolicyText.parse(policy);
    Registry now = session.registry(registry.name());
    return session.policies().states(now).stream()
        .filter(one -> one.policy() == name)
        .findFirst()
        .orElseThrow(
            () -> SettingArguments.malformed("The policy \"%s\" is not here yet.".formatted(name)));
  }

  private static Row row(PolicyState state) {
    StoredPolicy.Change change = state.change();
    return new Row(
        state.policy().text(),
        word(state.mode()),
        state.settings(),
        state.source().name().toLowerCase(Locale.ROOT),
        change == null ? null : change.at().toString(),
        change == null ? null : change.by());
  }

  private static String source(Row row) {
    String by = row.changedBy == null ? "" : ", by " + row.changedBy + " at " + row.changed;
    return switch (row.source) {
      case "kind" -> "the kind of registry";
      case "workspace" -> "the workspace" + by;
      case "setting" -> "a setting of the registry";
      default -> "the registry" + by;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
