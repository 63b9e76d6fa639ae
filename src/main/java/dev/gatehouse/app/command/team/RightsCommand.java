package dev.gatehouse.app.command.team;

import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.team.RegistryRights.Given;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse registry rights …`.
@Command(
    name = "rights",
    description =
        "Show who was given which permissions in a registry, and whose roles count there.",
    footerHeading = "%nExample:%n",
    footer = "  ./gatehouse registry rights shop --json",
    mixinStandardHelpOptions = true)
public final class RightsCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Mixin private final DatabaseOptions options = new DatabaseOptions();

  @Parameters(paramLabel = "REGISTRY")
  private String registry = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /// The command as it is run in `context`.
  public RightsCommand(OperatorContext context) {
    this.context = context;
  }

  private record Row(String kind, String name, List<String> permissions) {}

  private record Whole(String audience, List<Row> given) {}

  @Override
  public Integer call() {
    try (OperatorSession session = options.open(context)) {
      Given given = session.rights().registries().show(session.registry(registry).id());
      List<Row> rows = new ArrayList<>(rows("team", given.teams()));
      rows.addAll(rows("user", given.people()));
      String audience = given.audience().name().toLowerCase(Locale.ROOT);
      var listing = new Listing(Objects.requireNonNull(spec).commandLine().getOut());
      if (json) {
        listing.json(new Whole(audience, rows));
      } else {
        listing.columns(
            List.of("WHO", "NAME", "PERMISSIONS"),
            rows.stream()
                .map(one -> List.of(one.kind, one.name, String.join(", ", one.permissions)))
                .toList());
      }
      return 0;
    }
  }

  private static List<Row> rows(String kind, SortedMap<String, Set<Permission>> given) {
    return given.entrySet().stream()
        .map(one ->
            new Row(
                kind,
                one.getKey(),
                one.getValue().stream().sorted().map(Permission::word).toList()))
        .toList();
  }
}
