package dev.gatehouse.app.command.moving;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.jobs.Backlog;
import dev.gatehouse.jobs.Backlog.Entry;
import dev.gatehouse.publish.version.Forwards;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse job …`: what a server has still to do, or has given up.
@Command(
    name = "job",
    description = "See what is still to be handed on or was given up, and try it again.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class JobCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public JobCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      long id,
      String kind,
      String what,
      String state,
      int attempts,
      @Nullable String due,
      @Nullable String failure) {}

  /// Which jobs to try again.
  static final class Choice {
    @Parameters(paramLabel = "ID", description = "A job, as `job list` shows it.")
    private long id;

    @Option(names = "--all", required = true, description = "All that were given up.")
    private boolean all;
  }

  /// `job list`.
  @Command(
      description =
          "List the jobs that are not done: those that wait for their next attempt, and those that"
              + " were given up after two days or because they can never succeed.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--failed", description = "Only those that were given up.") boolean failed,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      Directory directory = session.registries().directory();
      List<Row> rows =
          backlog(session).list().stream()
              .filter(entry -> !failed || entry.givenUp())
              .map(entry -> row(directory, entry))
              .toList();
      new Listing(out())
          .print(
              json,
              rows,
              List.of("ID", "KIND", "WHAT", "STATE", "ATTEMPTS", "LAST FAILURE"),
              JobCommand::cells);
      return 0;
    }
  }

  /// `job retry`.
  @Command(
      description = "Try a job again, now: a running server does so within seconds.",
      mixinStandardHelpOptions = true)
  int retry(@Mixin DatabaseOptions options, @ArgGroup(multiplicity = "1") Choice choice) {
    try (OperatorSession session = options.open(context())) {
      Backlog backlog = backlog(session);
      List<Entry> retried =
          choice.all
              ? backlog.retryGivenUp(OperatorSession.ACTOR)
              : List.of(backlog.retry(OperatorSession.ACTOR, choice.id));
      Directory directory = session.registries().directory();
      for (Entry entry : retried) {
        out().printf("Due now: %s %s.%n", entry.kind(), what(directory, entry));
      }
      return retried.isEmpty() ? say("No job was given up.") : 0;
    } finally {
      out().flush();
    }
  }

  private static Backlog backlog(OperatorSession session) {
    return new Backlog(session.database(), new Trail(session.clock()));
  }

  private static Row row(Directory directory, Entry entry) {
    String state = entry.givenUp() ? "given up" : entry.failure() == null ? "waits" : "failed";
    return new Row(
        entry.id(),
        entry.kind(),
        what(directory, entry),
        state,
        entry.attempts(),
        entry.due() == null ? null : entry.due().toString(),
        entry.failure());
  }

  /// Jobs know registries by number, people by name.
  private static String what(Directory directory, Entry entry) {
    if (!entry.kind().equals(Forwards.KIND)) {
      return entry.payload();
    }
    var forward = Forwards.Forward.parse(entry.payload());
    Registry from = directory.byId(forward.registryId());
    String to =
        from == null
            ? "(deleted)"
            : from.upstreams().stream()
                .filter(one -> one.id() == forward.upstreamId())
                .map(Upstream::name)
                .findFirst()
                .orElse("(removed)");
    return "%s@%s from %s to %s"
        .formatted(forward.name(), forward.version(), from == null ? "(deleted)" : from.name(), to);
  }

  private static List<String> cells(Row row) {
    String next = row.due == null ? row.state : row.state + ", due " + row.due;
    return List.of(
        Long.toString(row.id),
        row.kind,
        row.what,
        next,
        Integer.toString(row.attempts),
        Objects.requireNonNullElse(row.failure, ""));
  }
}
