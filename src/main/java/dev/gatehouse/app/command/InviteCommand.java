package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.invitation.Invitation;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse invite …`: links by which people join and choose their name and password themselves.
@Command(
    name = "invite",
    description = "Create, list and take back invitations, by which people join.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class InviteCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public InviteCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      long id, String role, String email, String by, String created, String expires) {
    static Row of(Invitation one) {
      return new Row(
          one.id(),
          one.role().label(),
          one.email(),
          one.inviter().name(),
          one.created().toString(),
          one.expires().toString());
    }
  }

  /// `invite create`.
  @Command(
      description =
          "Create an invitation and print its link, alone. It is shown this once, works once, and"
              + " for five days.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin DatabaseOptions options,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "owner, admin, developer, read-only, or one of `role list`.")
          String role,
      @Option(
              names = "--by",
              paramLabel = "NAME",
              description =
                  "In whose name, who must manage such a role; with their account the invitation"
                      + " ends (default: the first owner).")
          @Nullable String by) {
    try (OperatorSession session = options.open(context())) {
      Role.Given wanted = session.accounts().role(session.workspace().id(), role);
      String base = base(session);
      Account inviter = inviter(session, by);
      Invitations.Made made =
          session.invitations().inviteFor(new Actor.Operator(), inviter, wanted);
      return say(base + "/invite/" + made.secret());
    }
  }

  /// `invite list`.
  @Command(
      description = "List invitations that nobody has used yet, without their links.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session.invitations().list(session.workspace().id()).stream().map(Row::of).toList();
      var listing = new Listing(out());
      if (json) {
        listing.json(rows);
      } else {
        listing.columns(
            List.of("ID", "ROLE", "SENT TO", "BY", "CREATED", "EXPIRES"),
            rows.stream().map(InviteCommand::cells).toList());
      }
      return 0;
    }
  }

  /// `invite revoke ID`.
  @Command(
      description = "Take an invitation back: its link works no more.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "ID", description = "As `invite list` shows it.") long id) {
    try (OperatorSession session = options.open(context())) {
      session.invitations().revoke(OperatorSession.ACTOR, session.workspace().id(), id);
      return say("Took invitation %d back.".formatted(id));
    }
  }

  /// Where people reach the server; only a server that has run knows.
  private static String base(OperatorSession session) {
    List<String> addresses = session.registries().addresses();
    if (addresses.isEmpty()) {
      throw new ProblemException(
          new Problem.Conflict(
              "Nobody knows yet where this server is reached: run `gatehouse serve` once, then"
                  + " invite."));
    }
    return addresses.getLast().replaceFirst("/+$", "");
  }

  private static Account inviter(OperatorSession session, @Nullable String by) {
    long workspace = session.workspace().id();
    if (by != null) {
      return session.accounts().require(workspace, by);
    }
    return session.accounts().list(workspace).stream()
        .filter(one -> one.active() && one.role() == Role.OWNER)
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                new Problem.Conflict(
                    "The workspace has no owner, and an invitation rests on somebody's rights: add"
                        + " one by `gatehouse user add NAME --role owner`.")));
  }

  private static List<String> cells(Row row) {
    return List.of(
        Long.toString(row.id),
        row.role,
        row.email.isEmpty() ? "a link" : row.email,
        row.by,
        row.created,
        row.expires);
  }
}
