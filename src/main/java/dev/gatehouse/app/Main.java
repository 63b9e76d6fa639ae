package dev.gatehouse.app;

import dev.gatehouse.app.command.InviteCommand;
import dev.gatehouse.app.command.KeyCommand;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.TokenCommand;
import dev.gatehouse.app.command.UserCommand;
import dev.gatehouse.app.command.VerifyCommand;
import dev.gatehouse.app.command.advisory.AdvisoriesCommand;
import dev.gatehouse.app.command.issue.DownloadsCommand;
import dev.gatehouse.app.command.issue.IssueCommand;
import dev.gatehouse.app.command.message.MailCommand;
import dev.gatehouse.app.command.message.WebhookCommand;
import dev.gatehouse.app.command.moving.JobCommand;
import dev.gatehouse.app.command.moving.PullCommand;
import dev.gatehouse.app.command.moving.PushCommand;
import dev.gatehouse.app.command.policy.LicencesCommand;
import dev.gatehouse.app.command.policy.PolicyCommand;
import dev.gatehouse.app.command.policy.QuarantineCommand;
import dev.gatehouse.app.command.policy.WaiverCommand;
import dev.gatehouse.app.command.policy.WithheldCommand;
import dev.gatehouse.app.command.registry.RegistryCommand;
import dev.gatehouse.app.command.registry.UpstreamCommand;
import dev.gatehouse.app.command.registry.WorkspaceCommand;
import dev.gatehouse.app.command.team.GrantCommand;
import dev.gatehouse.app.command.team.RevokeCommand;
import dev.gatehouse.app.command.team.RightsCommand;
import dev.gatehouse.app.command.team.RoleCommand;
import dev.gatehouse.app.command.team.TeamCommand;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// All commands: `gatehouse COMMAND`. Exit codes are 0, 1 for what was refused or failed, with a
/// sentence, and 2 for a command line that cannot be understood.
@Command(
    name = "gatehouse",
    description = "Private npm registries with a firewall.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Begin with `./gatehouse serve`; every command explains itself by --help.",
      "All but serve work beside a running server too, on the same data directory."
    },
    subcommands = {TrainCommand.class, VersionCommand.class, HelpCommand.class})
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /// Runs the command that the arguments name.
  public static void main(String[] arguments) {
    System.exit(commandLine(OperatorContext.ofProcess()).execute(arguments));
  }

  /// All commands, as they are run in `context`.
  public static CommandLine commandLine(OperatorContext context) {
    var line = new CommandLine(new Main());
    CommandList.install(line);
    return line.addSubcommand(ServeCommand.line())
        .addSubcommand(new UserCommand(context))
        .addSubcommand(new InviteCommand(context))
        .addSubcommand(new TokenCommand(context))
        .addSubcommand(new TeamCommand(context))
        .addSubcommand(new RoleCommand(context))
        .addSubcommand(registry(context))
        .addSubcommand(new UpstreamCommand(context))
        .addSubcommand(new WorkspaceCommand(context))
        .addSubcommand(new AdvisoriesCommand(context))
        .addSubcommand(new IssueCommand(context))
        .addSubcommand(new DownloadsCommand(context))
        .addSubcommand(new PullCommand(context))
        .addSubcommand(new PolicyCommand(context))
        .addSubcommand(new LicencesCommand(context))
        .addSubcommand(new QuarantineCommand(context))
        .addSubcommand(new WaiverCommand(context))
        .addSubcommand(new WithheldCommand(context))
        .addSubcommand(new KeyCommand(context))
        .addSubcommand(new VerifyCommand(context))
        .addSubcommand(new PushCommand(context))
        .addSubcommand(new JobCommand(context))
        .addSubcommand(new WebhookCommand(context))
        .addSubcommand(new MailCommand(context))
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // "@web" is a scope, also where there is a file of that name.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static CommandLine registry(OperatorContext context) {
    return new CommandLine(new RegistryCommand(context))
        .addSubcommand(new RightsCommand(context))
        .addSubcommand(new GrantCommand(context))
        .addSubcommand(new RevokeCommand(context));
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Which command? See below.");
    }
  }

  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    String sentence = Serving.sentence(failure);
    if (sentence == null) {
      throw failure;
    }
    PrintWriter err = command.getErr();
    err.println(sentence);
    err.flush();
    return 1;
  }
}
