package dev.gatehouse.app.command.advisory;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How feeds are imported.
final class ImportOptions {
  @Option(
      names = "--feed",
      paramLabel = "NAME",
      description = "Which feed it is (default: osv with a source, else every configured one).")
  private @Nullable String feed;

  @Option(
      names = "--even-if-smaller",
      description = "Import it even if more than a tenth of the feed's records are gone.")
  private boolean evenIfSmaller;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Nullable String feed() {
    return feed;
  }

  boolean evenIfSmaller() {
    return evenIfSmaller;
  }

  boolean json() {
    return json;
  }
}
