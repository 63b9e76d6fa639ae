package dev.gatehouse.app.command.advisory;

import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.advisories.feed.Held;
import dev.gatehouse.advisories.feed.Imported;
import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.advisories.osv.OsvReader;
import dev.gatehouse.app.command.CommandGroup;
import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse advisories …`: what is known to be dangerous.
@Command(
    name = "advisories",
    description = "Bring in and look up what is known to be vulnerable or malicious.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class AdvisoriesCommand extends CommandGroup {
  private static final String JSON = "Print JSON.";
  private static final int MOST_WAITING = 200;

  /// The command as it is run in `context`.
  public AdvisoriesCommand(OperatorContext context) {
    super(context);
  }

  /// `advisories import`.
  @Command(
      name = "import",
      description = {
        "Bring feeds up to date, all of a feed or nothing. A running server sees it within two"
            + " seconds.",
        "Without a source, every configured feed from where it lies: unless configured otherwise, the"
            + " OSV project's export for npm."
      },
      mixinStandardHelpOptions = true)
  int importFeeds(
      @Mixin DatabaseOptions options,
      @Parameters(
              arity = "0..1",
              paramLabel = "SOURCE",
              description = "A zip or folder of OSV records, by path or URL.")
          @Nullable String source,
      @Mixin ImportOptions how)
      throws IOException {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      var progress = new ImportProgress(err());
      List<Imported> done = new ArrayList<>();
      for (Feed feed : feeds(session, source, how)) {
        Imported imported =
            session
                .advising()
                .refresh()
                .run(OperatorSession.ACTOR, feed, how.evenIfSmaller(), progress);
        if (imported != null) {
          done.add(imported);
        } else if (!how.json()) {
          say("%s: nothing has changed.".formatted(feed.name()));
        }
      }
      if (how.json()) {
        new Listing(out()).json(done);
      } else {
        done.forEach(one -> say(one.sentence()));
      }
      return 0;
    }
  }

  private static List<Feed> feeds(
      AdvisorySession session, @Nullable String source, ImportOptions how) {
    var settings = session.advising().settings();
    String name = how.feed();
    if (source == null) {
      List<Feed> feeds = name == null ? settings.feeds() : List.of(settings.named(name));
      if (feeds.isEmpty()) {
        throw new ProblemException(
            new Problem.NotFound(
                "No feed is configured: name a zip or folder, or set advisories.feeds."));
      }
      return feeds;
    }
    Feed feed = settings.named(name == null ? Feed.OSV.name() : name);
    return List.of(new Feed(feed.name(), feed.trust(), source));
  }

  /// `advisories add`.
  @Command(
      description =
          "Add an advisory that you wrote, one OSV record. Its id replaces an earlier one.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "FILE", description = "The record, or - for standard input.")
          String file)
      throws IOException {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      Imported imported =
          session
              .advising()
              .importer()
              .add(
                  OperatorSession.ACTOR,
                  Feed.OWN,
                  sink -> {
                    if (file.equals("-")) {
                      sink.accept("-", context().in().readNBytes(OsvReader.MAX_BYTES + 1));
                    } else {
                      OsvFiles.read(Path.of(file), sink);
                    }
                  });
      return say(imported.sentence());
    }
  }

  /// `advisories remove`.
  @Command(
      description = "Remove an advisory that was added by hand.",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "ID", description = "As `advisories list` shows it.") String id) {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      session.advising().feeds().remove(OperatorSession.ACTOR, id);
      return say("Removed \"%s\".".formatted(id));
    }
  }

  /// `advisories accept`.
  @Command(
      description = "Let a record count that waits for a person.",
      mixinStandardHelpOptions = true)
  int accept(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "FEED", description = "The feed that says it.") String feed,
      @Parameters(paramLabel = "ID", description = "As `advisories status` shows it.") String id) {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      session.advising().feeds().accept(OperatorSession.ACTOR, feed, id);
      return say("\"%s\" counts from now on.".formatted(id));
    }
  }

  /// `advisories list`.
  @Command(description = "Show what is known of a package.", mixinStandardHelpOptions = true)
  int list(
      @Mixin DatabaseOptions options,
      @Parameters(paramLabel = "NAME", description = "The package.") String name,
      @Option(names = "--json", description = JSON) boolean json) {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      List<Held> known = session.advising().feeds().of(name);
      new Listing(out())
          .print(
              json,
              known.stream().map(AdvisoryRow::of).toList(),
              AdvisoryRow.HEADER,
              AdvisoryRow::cells);
      return 0;
    }
  }

  /// `advisories status`.
  @Command(
      description = "Show how feeds stand, and what waits for a person.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin DatabaseOptions options, @Option(names = "--json", description = JSON) boolean json) {
    try (AdvisorySession session = AdvisorySession.open(options, context())) {
      return new StatusReport(session.advising(), MOST_WAITING).print(out(), json);
    }
  }
}
