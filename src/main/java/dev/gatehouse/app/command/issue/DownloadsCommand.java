package dev.gatehouse.app.command.issue;

import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.registries.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse downloads`: who has fetched a package.
@Command(
    name = "downloads",
    description =
        "List who fetched a package: with which token, from where and when. A line is one day of one"
            + " fetcher and version.",
    footerHeading = "%nExample:%n",
    footer = "  ./gatehouse downloads \"left-pad@>=1.3.0\" --days 7",
    mixinStandardHelpOptions = true)
public final class DownloadsCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("VERSION", "REGISTRY", "BY", "TOKEN", "ADDRESS", "FIRST", "LAST", "TIMES");

  private final OperatorContext context;

  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Parameters(
      paramLabel = "NAME[@RANGE]",
      description = "The package, or versions of it, prereleases among them.")
  private String versions = "";

  @Option(names = "--registry", paramLabel = "NAME", description = "Only from this registry.")
  private @Nullable String registry;

  @Option(names = "--days", paramLabel = "N", description = "Only in the last N days.")
  private @Nullable Integer days;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /// The command as it is run in `context`.
  public DownloadsCommand(OperatorContext context) {
    this.context = context;
  }

  private record Row(
      String name,
      String version,
      @Nullable String registry,
      String by,
      String token,
      String address,
      String first,
      String last,
      long times) {}

  @Override
  public Integer call() {
    try (OperatorSession session = options.open(context)) {
      var out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
      new Listing(out).print(json, rows(session), HEADER, DownloadsCommand::cells);
      return 0;
    }
  }

  private List<Row> rows(OperatorSession session) {
    NameAndRange wanted = NameAndRange.parse(versions);
    PackageName.parse(wanted.name());
    Registry only = registry == null ? null : session.registry(registry);
    Stream<Download> found =
        new Downloads(session.database())
            .of(session.workspace().id(), wanted.name(), since(session)).stream();
    return found
        .filter(one -> only == null || one.registryId() == only.id())
        .filter(one -> wanted.holds(one.version()))
        .map(one -> row(session, one))
        .toList();
  }

  private Instant since(OperatorSession session) {
    return days == null ? Instant.EPOCH : session.clock().instant().minus(Duration.ofDays(days));
  }

  private static Row row(OperatorSession session, Download one) {
    Registry from = session.registries().directory().byId(one.registryId());
    return new Row(
        one.name(),
        one.version(),
        from == null ? null : from.name(),
        one.who().actor(),
        one.who().token(),
        one.who().address(),
        one.first().toString(),
        one.last().toString(),
        one.times());
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.version,
        row.registry == null ? "(deleted)" : row.registry,
        row.by,
        row.token.isEmpty() ? "-" : row.token,
        row.address,
        row.first,
        row.last,
        Long.toString(row.times));
  }
}
