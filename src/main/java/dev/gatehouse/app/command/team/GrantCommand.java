package dev.gatehouse.app.command.team;

import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse registry grant …`.
@Command(
    name = "grant",
    description = "Give a team or a user permissions in one registry, besides those they have.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./gatehouse registry grant shop --team web publish",
      "  ./gatehouse registry grant shop --user grace read approve"
    },
    mixinStandardHelpOptions = true)
public final class GrantCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Mixin private final DatabaseOptions options = new DatabaseOptions();
  @Mixin private final Grantee grantee = new Grantee();
  @Spec private @Nullable CommandSpec spec;

  /// The command as it is run in `context`.
  public GrantCommand(OperatorContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Set<Permission> named = grantee.permissions();
    if (named.isEmpty()) {
      throw Grantee.malformed("Name what to give: read, publish, approve or administer.");
    }
    try (OperatorSession session = options.openInTurn(context)) {
      String said =
          grantee.change(
              session,
              had -> {
                had.addAll(named);
                return had;
              });
      Objects.requireNonNull(spec).commandLine().getOut().println(said);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
