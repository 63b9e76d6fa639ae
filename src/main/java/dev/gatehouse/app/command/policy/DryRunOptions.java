package dev.gatehouse.app.command.policy;

import dev.gatehouse.policy.store.Draft;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `policy dryrun` is asked for.
final class DryRunOptions {
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 3_650;

  @Option(names = "--registry", required = true, paramLabel = "REGISTRY", description = "Whose.")
  private String registry = "";

  @Option(
      names = "--set",
      paramLabel = "POLICY=MODE[,NAME=VALUE]",
      description =
          "A policy as it might be set, as in delay=enforce,age=7d. May be repeated; the others"
              + " stay as they are.")
  private List<String> drafts = new ArrayList<>();

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description =
          "Try it on what a lockfile of npm, yarn, pnpm or bun names. May be repeated; then what"
              + " was fetched here is left out, unless --days is given.")
  private List<Path> lockfiles = new ArrayList<>();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "Try it on what was fetched in the last N days (default: 30).")
  private @Nullable Integer days;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  String registry() {
    return registry;
  }

  List<Draft> drafts() {
    return drafts.stream().map(DraftArgument::parse).toList();
  }

  List<Path> lockfiles() {
    return lockfiles;
  }

  /// Since when what was fetched counts; null if it does not.
  @Nullable Instant since(Clock clock) {
    if (days == null) {
      return lockfiles.isEmpty() ? clock.instant().minus(Duration.ofDays(DAYS)) : null;
    }
    if (days < 1 || days > MOST_DAYS) {
      throw SettingArguments.malformed("--days is between 1 and %d.".formatted(MOST_DAYS));
    }
    return clock.instant().minus(Duration.ofDays(days));
  }

  boolean json() {
    return json;
  }
}
