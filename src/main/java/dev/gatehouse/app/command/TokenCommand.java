package dev.gatehouse.app.command;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.registries.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse token …`: what clients and build machines authenticate with.
@Command(
    name = "token",
    description = "Create, list and revoke tokens.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class TokenCommand extends CommandGroup {

  /// The command as it is run in `context`.
  public TokenCommand(OperatorContext context) {
    super(context);
  }

  private record Row(
      String key,
      String token,
      String user,
      String name,
      boolean readOnly,
      List<String> registries,
      List<String> packages,
      List<String> cidrs,
      String created,
      @Nullable String expires,
      @Nullable String lastUsed,
      boolean unattended) {}

  /// `token create`.
  @Command(
      description = "Create a token and print it, alone. It is shown this once.",
      mixinStandardHelpOptions = true)
  int create(@Mixin DatabaseOptions options, @Mixin TokenRequest request) {
    try (OperatorSession session = options.open(context())) {
      Account account = session.accounts().require(session.workspace().id(), request.user());
      String text =
          session.tokens().create(OperatorSession.ACTOR, account, request.in(session)).text();
      out().println(text);
      out().flush();
      return 0;
    }
  }

  /// `token list`.
  @Command(description = "List tokens, without their secrets.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--user", paramLabel = "NAME", description = "Only those of this user.")
          @Nullable String user,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      List<Row> rows = tokens(session, user).stream().map(token -> row(session, token)).toList();
      var listing = new Listing(out());
      if (json) {
        listing.json(rows);
      } else {
        listing.columns(
            List.of("KEY", "TOKEN", "USER", "NAME", "LIMITS", "EXPIRES", "LAST USED"),
            rows.stream().map(TokenCommand::cells).toList());
      }
      return 0;
    }
  }

  /// `token revoke KEY`.
  @Command(
      description = "Revoke a token: a running server refuses it within two seconds.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "KEY", description = "As `token list` shows it.") String key) {
    try (OperatorSession session = options.open(context())) {
      Token revoked = session.tokens().revoke(OperatorSession.ACTOR, session.workspace().id(), key);
      out().printf("Revoked a token of \"%s\": %s%n", revoked.account(), revoked.shown());
      out().flush();
      return 0;
    }
  }

  private static List<Token> tokens(OperatorSession session, @Nullable String user) {
    long workspace = session.workspace().id();
    return user == null
        ? session.tokens().list(workspace)
        : session.tokens().list(session.accounts().require(workspace, user));
  }

  private static Row row(OperatorSession session, Token token) {
    TokenLimits limits = token.limits();
    return new Row(
        token.key(),
        token.shown(),
        token.account(),
        token.name(),
        limits.readOnly(),
        limits.registries().stream().sorted().map(id -> registry(session, id)).toList(),
        limits.packages().stream().map(PackageLimit::text).sorted().toList(),
        limits.ranges().stream().map(AddressRange::toString).toList(),
        token.created().toString(),
        text(limits.expires()),
        text(token.lastUsed()),
        token.unattended());
  }

  private static String registry(OperatorSession session, long id) {
    Registry found = session.registries().directory().byId(id);
    return found == null ? "(deleted)" : found.name();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static List<String> cells(Row row) {
    List<String> limits = new ArrayList<>();
    if (row.readOnly) {
      limits.add("read-only");
    }
    if (row.unattended) {
      limits.add("unattended");
    }
    limits.addAll(row.registries);
    limits.addAll(row.packages);
    limits.addAll(row.cidrs);
    return List.of(
        row.key,
        row.token,
        row.user,
        row.name,
        String.join(" ", limits),
        row.expires == null ? "never" : row.expires,
        row.lastUsed == null ? "never" : row.lastUsed);
  }
}
