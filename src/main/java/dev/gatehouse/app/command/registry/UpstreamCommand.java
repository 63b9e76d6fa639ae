package dev.gatehouse.app.command.registry;

import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.upstream.source.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse upstream …`: where the packages of a registry come from.
@Command(
    name = "upstream",
    description = "Add, list, move and remove the upstreams of a registry.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class UpstreamCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public UpstreamCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      int position,
      String name,
      String kind,
      @Nullable String target,
      boolean credential,
      boolean internal,
      boolean push,
      String forward) {}

  /// `upstream add REGISTRY TARGET`.
  @Command(
      description =
          "Add an upstream, as the last one. Of those that have a version the first wins.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ./gatehouse upstream add default registry:shared",
        "  ./gatehouse upstream add team https://npm.example.com/ --bearer-stdin <token.txt"
      },
      mixinStandardHelpOptions = true)
  int add(@Mixin DatabaseOptions options, @Mixin NewUpstream request) {
    Credential credential = request.credential(context());
    try (OperatorSession session = options.openInTurn(context())) {
      Registry registry = request.addIn(session, credential);
      if (request.isSecretInTheOpen()) {
        warn("Its URL starts with http://, so the credential travels unencrypted.");
      }
      return say(
          "\"%s\" draws from \"%s\" now, as number %d."
              .formatted(
                  registry.name(),
                  registry.upstreams().getLast().name(),
                  registry.upstreams().size()));
    }
  }

  /// `upstream list REGISTRY`.
  @Command(
      description = "List the upstreams of a registry, the first one first. Secrets are not shown.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse upstream list default --json",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows = new ArrayList<>();
      for (Upstream upstream : session.registry(name).upstreams()) {
        rows.add(row(session, rows.size() + 1, upstream));
      }
      List<String> header = List.of("POSITION", "NAME", "KIND", "TARGET", "SETTINGS");
      new Listing(out()).print(json, rows, header, UpstreamCommand::cells);
      return 0;
    }
  }

  /// `upstream move REGISTRY NAME POSITION`.
  @Command(
      description = "Move an upstream to another position, 1 being the first.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse upstream move default shared 1",
      mixinStandardHelpOptions = true)
  int move(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String name,
      @Parameters(paramLabel = "NAME") String upstream,
      @Parameters(paramLabel = "POSITION") int position) {
    try (OperatorSession session = options.openInTurn(context())) {
      session.upstreams().move(OperatorSession.ACTOR, session.registry(name), upstream, position);
      List<String> order = session.registry(name).upstreams().stream().map(Upstream::name).toList();
      return say("\"%s\" draws from %s.".formatted(name, String.join(", then ", order)));
    }
  }

  /// `upstream remove REGISTRY NAME`.
  @Command(
      description = "Remove an upstream. What it brought in stays in the store.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse upstream remove default public",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "REGISTRY") String name,
      @Parameters(paramLabel = "NAME") String upstream) {
    try (OperatorSession session = options.openInTurn(context())) {
      session.upstreams().remove(OperatorSession.ACTOR, session.registry(name), upstream);
      return say("\"%s\" no longer draws from \"%s\".".formatted(name, upstream));
    }
  }

  private static Row row(OperatorSession session, int position, Upstream upstream) {
    boolean credential =
        upstream.source() instanceof Upstream.External(_, @Nullable String sealed)
            && sealed != null;
    return new Row(
        position,
        upstream.name(),
        kind(upstream.source()),
        target(session, upstream.source()),
        credential,
        upstream.internal(),
        upstream.pushes(),
        upstream.forward().name().toLowerCase(Locale.ROOT));
  }

  private static String kind(Upstream.Source source) {
    return switch (source) {
      case Upstream.Public _ -> "public";
      case Upstream.Here _ -> "here";
      case Upstream.External _ -> "external";
    };
  }

  private static @Nullable String target(OperatorSession session, Upstream.Source source) {
    return switch (source) {
      case Upstream.Public(var url) -> url == null ? null : url.toString();
      case Upstream.Here(long id) -> {
        Registry other = session.registries().directory().byId(id);
        yield other == null ? null : "registry:" + other.name();
      }
      case Upstream.External(var url, _) -> url.toString();
    };
  }

  private static List<String> cells(Row row) {
    List<String> words = new ArrayList<>();
    if (row.credential) {
      words.add("credential");
    }
    if (row.internal) {
      words.add("internal");
    }
    if (row.push) {
      words.add("push");
    }
    if (!row.forward.equals("none")) {
      words.add("forward " + row.forward);
    }
    return List.of(
        String.valueOf(row.position),
        row.name,
        row.kind,
        row.target == null ? "(not known)" : row.target,
        String.join(", ", words));
  }
}
