package dev.gatehouse.app.command.team;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.team.Team;
import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.audit.Actor;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse team …`: people who are given rights together.
@Command(
    name = "team",
    description = "Create, list and change teams. `registry grant` gives them rights.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class TeamCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public TeamCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String name, String description, List<String> members) {
    static Row of(Team team) {
      return new Row(team.name(), team.description(), team.members());
    }
  }

  /// `team create NAME`.
  @Command(
      description = "Create a team without members.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse team create web --description \"Whoever builds the shop\"",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--description", defaultValue = "", paramLabel = "TEXT") String words) {
    try (OperatorSession session = options.openInTurn(context())) {
      long workspace = session.workspace().id();
      Team made = session.rights().teams().create(OperatorSession.ACTOR, workspace, name, words);
      return say(
          "Created the team \"%s\". Bring people in by `gatehouse team add %s USER`."
              .formatted(made.name(), made.name()));
    }
  }

  /// `team list`.
  @Command(
      description = "List the teams and who is in them.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse team list --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session.rights().teams().list(session.workspace().id()).stream().map(Row::of).toList();
      List<String> header = List.of("NAME", "MEMBERS", "DESCRIPTION");
      new Listing(out())
          .print(
              json,
              rows,
              header,
              row -> List.of(row.name, String.join(", ", row.members), row.description));
      return 0;
    }
  }

  /// `team delete NAME`.
  @Command(
      description = "Delete a team. Its members lose what they may do by it, and stay.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse team delete web",
      mixinStandardHelpOptions = true)
  int delete(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      Team team = team(session, name);
      session.rights().teams().delete(OperatorSession.ACTOR, team);
      return say("Deleted the team \"%s\".".formatted(team.name()));
    }
  }

  /// `team add NAME USER…`.
  @Command(
      description = "Bring users into a team.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse team add web ada grace",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "USER", arity = "1..*") List<String> users) {
    try (OperatorSession session = options.openInTurn(context())) {
      return change(session, team(session, name), users, session.rights().teams()::add);
    }
  }

  /// `team remove NAME USER…`.
  @Command(
      description = "Take users out of a team.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse team remove web grace",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "USER", arity = "1..*") List<String> users) {
    try (OperatorSession session = options.openInTurn(context())) {
      return change(session, team(session, name), users, session.rights().teams()::remove);
    }
  }

  private interface Change {
    Team of(Actor actor, Team team, Account account);
  }

  private int change(OperatorSession session, Team before, List<String> users, Change change) {
    Team team = before;
    for (Account account : accounts(session, users)) {
      team = change.of(OperatorSession.ACTOR, team, account);
    }
    return members(team);
  }

  private int members(Team team) {
    return say(
        team.members().isEmpty()
            ? "Nobody is in \"%s\" now.".formatted(team.name())
            : "In \"%s\": %s.".formatted(team.name(), String.join(", ", team.members())));
  }

  private static Team team(OperatorSession session, String name) {
    return session.rights().teams().require(session.workspace().id(), name);
  }

  /// All of them are looked up before anything changes.
  private static List<Account> accounts(OperatorSession session, List<String> names) {
    return names.stream()
        .map(name -> session.accounts().require(session.workspace().id(), name))
        .toList();
  }
}
