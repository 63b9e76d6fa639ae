package dev.gatehouse.app.command;

import dev.gatehouse.registries.signing.SigningKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gatehouse key …`: the keys that versions are signed with.
@Command(
    name = "key",
    description = "Look after the keys that published versions are signed with.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class KeyCommand extends CommandGroup {
  /// The command as it is run in `context`.
  public KeyCommand(OperatorContext context) {
    super(context);
  }

  private record Row(String keyid, String created, @Nullable String expires) {
    static Row of(SigningKeys.Listed key) {
      Instant expires = key.expires();
      return new Row(
          key.keyid(), key.created().toString(), expires == null ? null : expires.toString());
    }
  }

  private record Rotated(String keyid) {}

  /// `key list`.
  @Command(
      description = "List the keys, the newest first.",
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse key list",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      new Listing(out())
          .print(
              json,
              session.signingKeys().list().stream().map(Row::of).toList(),
              List.of("KEY", "CREATED", "EXPIRED"),
              row -> List.of(row.keyid, row.created, row.expires == null ? "in use" : row.expires));
      return 0;
    }
  }

  /// `key rotate`.
  @Command(
      description = {
        "Make a new key and take the old ones out of use, at once and on every server. What they"
            + " signed still verifies: they stay listed with the time at which they expired."
      },
      footerHeading = "%nExample:%n",
      footer = "  ./gatehouse key rotate",
      mixinStandardHelpOptions = true)
  int rotate(
      @Mixin DatabaseOptions options,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (OperatorSession session = options.open(context())) {
      String keyid = session.signingKeys().rotate(OperatorSession.ACTOR);
      if (json) {
        new Listing(out()).json(new Rotated(keyid));
        return 0;
      }
      return say("Versions that are published from now on are signed with %s.".formatted(keyid));
    }
  }
}
