package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse user …`: the people of a workspace.
@Command(
    name = "user",
    description = "Add, list and change the users of a workspace.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class UserCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public UserCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String name, String role, String email, boolean active, String created) {}

  /// `user add NAME`.
  @Command(
      description = "Add a user. Without --password-stdin they work by tokens only.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "owner, admin, developer, read-only, or one of `role list`.")
          String role,
      @Option(names = "--email", defaultValue = "", paramLabel = "ADDRESS") String email,
      @Option(
              names = "--password-stdin",
              description = "Read the password from standard input, as one line.")
          boolean withPassword) {
    String password = withPassword ? SecretInput.read(context().in(), "password") : null;
    try (OperatorSession session = options.openInTurn(context())) {
      long workspace = session.workspace().id();
      var wanted = new NewAccount(name, session.accounts().role(workspace, role), password, email);
      Account made = session.accounts().create(OperatorSession.ACTOR, workspace, wanted);
      return say("Added %s \"%s\".".formatted(made.roleName(), made.name()));
    }
  }

  /// `user list`.
  @Command(description = "List the users.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session.accounts().list(session.workspace().id()).stream().map(UserCommand::row).toList();
      var listing = new Listing(out());
      if (json) {
        listing.json(rows);
      } else {
        listing.columns(
            List.of("NAME", "ROLE", "EMAIL", "STATE", "CREATED"),
            rows.stream().map(UserCommand::cells).toList());
      }
      return 0;
    }
  }

  /// `user deactivate NAME`.
  @Command(
      description = "Shut a user out: password and tokens stop working, the name stays taken.",
      mixinStandardHelpOptions = true)
  int deactivate(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      session.accounts().deactivate(OperatorSession.ACTOR, account(session, name));
      return say("Deactivated \"%s\".".formatted(name));
    }
  }

  /// `user activate NAME`.
  @Command(
      description = "Let a user in again, with the password and tokens they had.",
      mixinStandardHelpOptions = true)
  int activate(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      session.accounts().activate(OperatorSession.ACTOR, account(session, name));
      return say("Activated \"%s\".".formatted(name));
    }
  }

  /// `user role NAME ROLE`.
  @Command(description = "Give a user another role.", mixinStandardHelpOptions = true)
  int role(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(
              paramLabel = "ROLE",
              description = "owner, admin, developer, read-only, or one of `role list`.")
          String role) {
    try (OperatorSession session = options.openInTurn(context())) {
      Role.Given wanted = session.accounts().role(session.workspace().id(), role);
      session.accounts().changeRole(OperatorSession.ACTOR, account(session, name), wanted);
      return say("\"%s\" is %s now.".formatted(name, wanted.label()));
    }
  }

  /// `user password NAME`.
  @Command(
      description = "Set a user's password, read from standard input as one line.",
      mixinStandardHelpOptions = true)
  int password(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--password-stdin",
              required = true,
              description = "Says that it is read from there; there is no other way.")
          boolean fromInput) {
    String password = SecretInput.read(context().in(), "password");
    try (OperatorSession session = options.open(context())) {
      session.accounts().changePassword(OperatorSession.ACTOR, account(session, name), password);
      return say("Changed the password of \"%s\".".formatted(name));
    }
  }

  /// `user reset-second-factor NAME`.
  @Command(
      name = "reset-second-factor",
      description = "Take the second factor of a user who has lost theirs, and sign them out.",
      mixinStandardHelpOptions = true)
  int resetSecondFactor(
      @Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      session.secondFactors().reset(OperatorSession.ACTOR, account(session, name));
      return say("\"%s\" has no second factor now.".formatted(name));
    }
  }

  private static Account account(OperatorSession session, String name) {
    return session.accounts().require(session.workspace().id(), name);
  }

  private static Row row(Account account) {
    return new Row(
        account.name(),
        account.roleName(),
        account.email(),
        account.active(),
        account.created().toString());
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.name, row.role, row.email, row.active ? "active" : "deactivated", row.created);
  }
}
