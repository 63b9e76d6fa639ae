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

/// `gatehouse registry revoke …`.
@Command(
    name = "revoke",
    description = {
      "Take permissions in one registry from a team or a user, all of them if none is named. What"
          + " their role allows, they keep."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./gatehouse registry revoke shop --team web publish",
      "  ./gatehouse registry revoke shop --user grace"
    },
    mixinStandardHelpOptions = true)
public final class RevokeCommand implements Callable<Integer> {
  private final OperatorContext context;
  @Mixin private final DatabaseOptions options = new DatabaseOptions();
  @Mixin private final Grantee grantee = new Grantee();
  @Spec private @Nullable CommandSpec spec;

  /// The command as it is run in `context`.
  public RevokeCommand(OperatorContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Set<Permission> named = grantee.permissions();
    try (OperatorSession session = options.openInTurn(context)) {
      String said =
          grantee.change(
              session,
              had -> {
                had.removeAll(named.isEmpty() ? Set.copyOf(had) : named);
                return had;
              });
      Objects.requireNonNull(spec).commandLine().getOut().println(said);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
