package dev.gatehouse.app.command.issue;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.issues.Issue;
import dev.gatehouse.issues.Issues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse issue …`: what scanner and policies found, and what people say about it.
@Command(
    name = "issue",
    description = "See to what was found to be wrong, and who has it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class IssueCommand extends CommandGroup {
  private static final String JSON = "Print JSON.";
  private static final String NUMBER = "As `issue list` shows it.";

  /// The command as it is run in `context`.
  public IssueCommand(OperatorContext context) {
    super(context);
  }

  /// `issue list`.
  @Command(
      description = "List issues, the newest first.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse issue list --package left-pad --all",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--all", description = "Closed ones, too.") boolean all,
      @Option(names = "--package", paramLabel = "NAME", description = "Only of this package.")
          @Nullable String name,
      @Option(names = "--json", description = JSON) boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<IssueRow> rows =
          issues(session).list(session.workspace().id(), new Issues.Filter(all, name)).stream()
              .map(IssueRow::of)
              .toList();
      new Listing(out()).print(json, rows, IssueRow.HEADER, IssueRow::cells);
      return 0;
    }
  }

  /// `issue show NUMBER`.
  @Command(
      description = "Show an issue: where it is, who fetched malware, and its history.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Option(names = "--json", description = JSON) boolean json) {
    try (OperatorSession session = options.open(context())) {
      new StoryPage(session.registries().directory(), out())
          .print(issues(session).show(session.workspace().id(), number), json);
      return 0;
    }
  }

  /// `issue comment NUMBER TEXT`.
  @Command(description = "Say something about an issue.", mixinStandardHelpOptions = true)
  int comment(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Parameters(paramLabel = "TEXT", description = "What to say.") String text) {
    try (OperatorSession session = options.openInTurn(context())) {
      issues(session).comment(OperatorSession.ACTOR, session.workspace().id(), number, text);
      return say("Noted.");
    }
  }

  /// `issue close NUMBER`.
  @Command(
      description = {
        "Close an issue for the versions and registries that it names. It is reopened where the"
            + " same is found elsewhere."
      },
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse issue close 3 --reason \"Nobody calls that function\"",
      mixinStandardHelpOptions = true)
  int close(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Option(names = "--reason", required = true, description = "Why.") String reason) {
    try (OperatorSession session = options.openInTurn(context())) {
      issues(session).close(OperatorSession.ACTOR, session.workspace().id(), number, reason);
      return say("Issue %d is closed.".formatted(number));
    }
  }

  /// `issue reopen NUMBER`.
  @Command(description = "Open an issue again.", mixinStandardHelpOptions = true)
  int reopen(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Option(names = "--reason", required = true, description = "Why.") String reason) {
    try (OperatorSession session = options.openInTurn(context())) {
      issues(session).reopen(OperatorSession.ACTOR, session.workspace().id(), number, reason);
      return say("Issue %d is open.".formatted(number));
    }
  }

  /// `issue assign NUMBER [USER]`.
  @Command(
      description = "Let somebody look after an issue; without a user, nobody.",
      mixinStandardHelpOptions = true)
  int assign(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NUMBER", description = NUMBER) long number,
      @Parameters(arity = "0..1", paramLabel = "USER", description = "Who.")
          @Nullable String user) {
    try (OperatorSession session = options.openInTurn(context())) {
      long workspace = session.workspace().id();
      String name = user == null ? null : session.accounts().require(workspace, user).name();
      issues(session).assign(OperatorSession.ACTOR, workspace, number, name);
      return say("%s looks after issue %d.".formatted(name == null ? "Nobody" : name, number));
    }
  }

  private static Issues issues(OperatorSession session) {
    return new Issues(session.database(), new Trail(session.clock()));
  }

  /// An issue as it is listed.
  record IssueRow(
      long number,
      String type,
      String severity,
      String name,
      String cause,
      String status,
      @Nullable String assignee,
      String title,
      @Nullable String url,
      String opened,
      String changed) {
    static final List<String> HEADER =
        List.of("ISSUE", "TYPE", "SEVERITY", "PACKAGE", "CAUSE", "STATUS", "FOR", "TITLE");

    static IssueRow of(Issue issue) {
      return new IssueRow(
          issue.number(),
          issue.type().word(),
          issue.text().severity(),
          issue.name(),
          issue.cause(),
          issue.status().word(),
          issue.assignee(),
          issue.text().title(),
          issue.text().url(),
          issue.status().opened().toString(),
          issue.status().changed().toString());
    }

    List<String> cells() {
      return List.of(
          Long.toString(number),
          type,
          severity,
          name,
          cause,
          status,
          assignee == null ? "-" : assignee,
          title);
    }
  }
}
