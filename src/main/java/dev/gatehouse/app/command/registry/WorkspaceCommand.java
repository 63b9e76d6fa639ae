package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse workspace …`: the tenants of a server.
@Command(
    name = "workspace",
    description = "Create and list workspaces: each has its own registries and users.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class WorkspaceCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public WorkspaceCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String name, long registries) {}

  /// `workspace create NAME`.
  @Command(
      description = "Create a workspace. Its registries answer below /w/NAME/r/.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse workspace create mobile",
      mixinStandardHelpOptions = true)
  int create(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    try (OperatorSession session = options.open(context())) {
      session.registries().workspace(OperatorSession.ACTOR, name);
      return say(
          "The workspace \"%s\" is there. Work in it by --workspace %s.".formatted(name, name));
    }
  }

  /// `workspace list`.
  @Command(
      description = "List the workspaces.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse workspace list --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session
              .database()
              .read(handle ->
                  handle
                      .createQuery(
                          """
                          SELECT name, (SELECT COUNT(*) FROM registry
                            WHERE workspace_id = workspace.id) AS registries
                          FROM workspace ORDER BY name
                          """)
                      .map((row, _) -> new Row(row.getString(1), row.getLong(2)))
                      .list());
      new Listing(out())
          .print(
              json,
              rows,
              List.of("NAME", "REGISTRIES"),
              row -> List.of(row.name, String.valueOf(row.registries)));
      return 0;
    }
  }
}
