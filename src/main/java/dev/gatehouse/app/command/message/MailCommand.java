package dev.gatehouse.app.command.message;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.notify.mail.Subscriptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse mail …`: who is told by mail what happens.
@Command(
    name = "mail",
    description = "Tell people by mail what happens.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class MailCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public MailCommand(OperatorContext context) {
    super(context);
  }

  /// `mail on USER`.
  @Command(
      description = "Send a user mails about what happens in the workspace.",
      mixinStandardHelpOptions = true)
  int on(@Mixin DatabaseOptions options, @Parameters(paramLabel = "USER") String user) {
    return set(options, user, true, "\"%s\" gets mails.");
  }

  /// `mail off USER`.
  @Command(description = "Send a user no mails.", mixinStandardHelpOptions = true)
  int off(@Mixin DatabaseOptions options, @Parameters(paramLabel = "USER") String user) {
    return set(options, user, false, "\"%s\" gets no mails.");
  }

  /// `mail test USER`.
  @Command(
      description =
          "Send a user a mail that tells of nothing; a running server does so within a second, and"
              + " `job list` says if it cannot.",
      mixinStandardHelpOptions = true)
  int test(@Mixin DatabaseOptions options, @Parameters(paramLabel = "USER") String user) {
    try (OperatorSession session = options.open(context())) {
      String to = of(session).test(OperatorSession.ACTOR, session.workspace(), user);
      return say("A mail to %s is on its way.".formatted(to));
    }
  }

  /// `mail list`.
  @Command(description = "List who gets mails.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      new Listing(out())
          .print(
              json,
              of(session).list(session.workspace()),
              List.of("USER", "ADDRESS", "STATE"),
              one -> List.of(one.name(), one.email(), one.active() ? "" : "deactivated"));
      return 0;
    }
  }

  private int set(DatabaseOptions options, String user, boolean wanted, String sentence) {
    try (OperatorSession session = options.open(context())) {
      of(session).set(OperatorSession.ACTOR, session.workspace(), user, wanted);
      return say(sentence.formatted(user));
    }
  }

  private static Subscriptions of(OperatorSession session) {
    return new Subscriptions(session.database(), new Trail(session.clock()));
  }
}
