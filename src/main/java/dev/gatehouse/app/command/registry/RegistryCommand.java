package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse registry …`: the registries of a workspace.
@Command(
    name = "registry",
    description = "Create, list and change registries.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class RegistryCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public RegistryCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      String name,
      String kind,
      String path,
      boolean anonymousRead,
      boolean overwriting,
      boolean ownersOnly,
      boolean archived,
      List<String> scopes,
      List<String> upstreams) {}

  private record Contents(long packages, long versions) {}

  /// `registry create NAME`.
  @Command(
      description = "Create a registry.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry create team --upstream registry:shared --upstream public",
      mixinStandardHelpOptions = true)
  int create(@Mixin DatabaseOptions options, @Mixin NewRegistry request) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry made = request.createIn(session);
      say("Created \"%s\". It answers below %s/.".formatted(made.name(), made.path()));
      return made.upstreams().isEmpty()
          ? say(
              "It serves only what is published to it. To install public packages through it:%n"
                      .formatted()
                  + "  ./gatehouse upstream add %s public".formatted(made.name()))
          : 0;
    }
  }

  /// `registry clone NAME NEW`.
  @Command(
      name = "clone",
      description = {
        "Create a registry that is set up as another: settings, upstreams with their credentials,"
            + " policies, and who may do what. Packages stay where they are."
      },
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry clone team platform",
      mixinStandardHelpOptions = true)
  int copy(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "NEW") String clone) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry source = session.registry(name);
      Registry made = session.cloner().clone(OperatorSession.ACTOR, source, clone);
      return say(
          "Created \"%s\", set up as \"%s\". It answers below %s/."
              .formatted(made.name(), source.name(), made.path()));
    }
  }

  /// `registry list`.
  @Command(
      description = "List the registries of the workspace.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry list --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json,
      @Option(names = "--archived", description = "Show archived ones too.") boolean archived) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows =
          session.registries().directory().all().stream()
              .filter(one -> one.workspace().id() == session.workspace().id())
              .filter(one -> archived || !one.settings().archived())
              .sorted(Comparator.comparing(Registry::name))
              .map(RegistryCommand::row)
              .toList();
      List<String> header = List.of("NAME", "KIND", "PATH", "UPSTREAMS", "SETTINGS");
      new Listing(out()).print(json, rows, header, RegistryCommand::cells);
      return 0;
    }
  }

  /// `registry set NAME`.
  @Command(
      description = "Change the settings of a registry; what is not named stays.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry set team --anonymous-read on --add-scope @team",
      mixinStandardHelpOptions = true)
  int set(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin RegistrySettings wanted) {
    if (wanted.isEmpty()) {
      throw new ProblemException(
          new Problem.Malformed("Name what to change, as in --anonymous-read on."));
    }
    try (OperatorSession session = options.openInTurn(context())) {
      Registry before = session.registry(name);
      Registry changed =
          session
              .registries()
              .change(OperatorSession.ACTOR, before, wanted.over(before.settings()));
      return say("Changed \"%s\": %s.".formatted(changed.name(), settings(row(changed))));
    }
  }

  /// `registry rename OLD NEW`.
  @Command(
      description = "Rename a registry. The old name goes on answering.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry rename team platform",
      mixinStandardHelpOptions = true)
  int rename(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "OLD") String old,
      @Parameters(paramLabel = "NEW") String name) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry before = session.registry(old);
      Registry renamed = session.registries().rename(OperatorSession.ACTOR, before, name);
      return say(
          "\"%s\" is \"%s\" now; the old name goes on answering."
              .formatted(before.name(), renamed.name()));
    }
  }

  /// `registry archive NAME`.
  @Command(
      description = "Freeze a registry and hide it from lists. It stays installable.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry archive legacy",
      mixinStandardHelpOptions = true)
  int archive(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    archived(options, name, true);
    return say("Archived \"%s\": nothing changes in it any more.".formatted(name));
  }

  /// `registry unarchive NAME`.
  @Command(
      description = "Bring an archived registry back.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry unarchive legacy",
      mixinStandardHelpOptions = true)
  int unarchive(@Mixin DatabaseOptions options, @Parameters(paramLabel = "NAME") String name) {
    archived(options, name, false);
    return say("\"%s\" is back.".formatted(name));
  }

  /// `registry delete NAME`.
  @Command(
      description = "Delete a registry with everything that was published to it, for good.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse registry delete legacy --yes legacy",
      mixinStandardHelpOptions = true)
  int delete(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--yes",
              paramLabel = "NAME",
              description = "The name once more: you mean this one.")
          @Nullable String typed,
      @Option(names = "--force", description = "Do not ask for the name.") boolean force) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry registry = session.registry(name);
      Contents contents = contents(session, registry);
      if (!force && !registry.name().equals(typed)) {
        throw new ProblemException(
            new Problem.Conflict(
                "This would delete \"%s\" with %d versions of %d packages, for good. If you mean it, add --yes %s."
                    .formatted(
                        registry.name(), contents.versions, contents.packages, registry.name())));
      }
      session.registries().delete(OperatorSession.ACTOR, registry);
      return say(
          "Deleted \"%s\" with %d versions of %d packages."
              .formatted(registry.name(), contents.versions, contents.packages));
    }
  }

  private void archived(DatabaseOptions options, String name, boolean archived) {
    try (OperatorSession session = options.openInTurn(context())) {
      Registry before = session.registry(name);
      session
          .registries()
          .change(OperatorSession.ACTOR, before, before.settings().withArchived(archived));
    }
  }

  private static Contents contents(OperatorSession session, Registry registry) {
    return session
        .database()
        .read(handle ->
            handle
                .createQuery(
                    """
                    SELECT COUNT(DISTINCT package.id), COUNT(*)
                    FROM package JOIN version ON version.package_id = package.id
                    WHERE package.registry_id = :registry
                    """)
                .bind("registry", registry.id())
                .map((row, _) -> new Contents(row.getLong(1), row.getLong(2)))
                .one());
  }

  private static Row row(Registry registry) {
    Registry.Settings settings = registry.settings();
    return new Row(
        registry.name(),
        settings.kind().name().toLowerCase(Locale.ROOT),
        registry.path() + "/",
        settings.anonymousRead(),
        settings.overwriting(),
        settings.ownersOnly(),
        settings.archived(),
        settings.scopes(),
        registry.upstreams().stream().map(Upstream::name).toList());
  }

  private static List<String> cells(Row row) {
    return List.of(row.name, row.kind, row.path, String.join(", ", row.upstreams), settings(row));
  }

  private static String settings(Row row) {
    List<String> words = new ArrayList<>();
    words.add(row.anonymousRead ? "anonymous read" : "private");
    if (row.overwriting) {
      words.add("overwriting");
    }
    if (row.ownersOnly) {
      words.add("owners only");
    }
    if (row.archived) {
      words.add("archived");
    }
    words.addAll(row.scopes);
    return String.join(", ", words);
  }
}
