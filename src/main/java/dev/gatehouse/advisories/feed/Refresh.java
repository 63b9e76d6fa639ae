package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.FileAnswer;
import dev.gatehouse.upstream.TarballStream;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.Validators;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings feeds up to date from where they lie. What lies on the network is fetched only if it has
/// changed, as a whole, into a file: an import must not hang on a slow line.
public final class Refresh {
  private static final int BUFFER = 64 << 10;
  private static final Logger log = LoggerFactory.getLogger(Refresh.class);

  private final UpstreamClient client;
  private final Path scratch;
  private final Importer importer;
  private final Feeds feeds;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();

  /// What fetches, where to, and what reads it.
  public record Parts(UpstreamClient client, Path scratch, Importer importer, Feeds feeds) {}

  /// Refreshes by `parts`.
  public Refresh(Parts parts, Clock clock) {
    this.client = parts.client();
    this.scratch = parts.scratch();
    this.importer = parts.importer();
    this.feeds = parts.feeds();
    this.clock = clock;
  }

  /// Those of `settings` that were not looked at for as long as they say.
  public List<Feed> due(FeedSettings settings) {
    Instant since = clock.instant().minus(settings.refresh());
    List<FeedStatus> known = feeds.status();
    return settings.feeds().stream()
        .filter(feed ->
            known.stream()
                .noneMatch(status ->
                    status.name().equals(feed.name())
                        && status.tried() != null
                        && status.tried().isAfter(since)))
        .toList();
  }

  /// Brings `feed` up to date, one at a time. Null if it is as it was; a problem with a sentence if
  /// that failed.
  public @Nullable Imported run(Actor actor, Feed feed, boolean mayShrink, LongConsumer progress)
      throws IOException {
    turn.lock();
    try {
      return bring(actor, feed, mayShrink, progress);
    } finally {
      turn.unlock();
    }
  }

  /// The same for those who wait for no answer: what became of it is logged, and stands with the
  /// feed.
  public void attempt(Actor actor, Feed feed) {
    try {
      Imported imported = run(actor, feed, false, _ -> {});
      if (imported != null) {
        log.info("Imported advisories. {}", imported.sentence());
      }
    } catch (ProblemException refused) {
      log.warn("Advisories are not up to date. {}", refused.problem().sentence());
    } catch (IOException | RuntimeException failure) {
      log.warn("The feed \"{}\" could not be brought up to date.", feed.name(), failure);
    }
  }

  private @Nullable Imported bring(Actor actor, Feed feed, boolean mayShrink, LongConsumer progress)
      throws IOException {
    if (!feed.isRemote()) {
      var options = new Importer.Options(mayShrink, new Validators(null, null), progress);
      Path path = Path.of(feed.source());
      return importer.replace(actor, feed, sink -> OsvFiles.read(path, sink), options);
    }
    URI url = url(feed);
    UpstreamSource source = new UpstreamSource(url.resolve("."), null);
    return switch (client.file(source, url, feeds.validators(feed))) {
      case FileAnswer.NotModified _ -> {
        feeds.tried(feed, null);
        yield null;
      }
      case FileAnswer.Failed(String sentence, boolean timedOut) -> {
        feeds.tried(feed, sentence);
        throw new ProblemException(
            new Problem.UpstreamFailed(
                "The feed \"%s\" could not be fetched. %s".formatted(feed.name(), sentence),
                timedOut));
      }
      case FileAnswer.Opened(TarballStream stream, Validators validators) ->
          imported(actor, feed, stream, new Importer.Options(mayShrink, validators, progress));
    };
  }

  private Imported imported(Actor actor, Feed feed, TarballStream stream, Importer.Options options)
      throws IOException {
    Path file = Files.createTempFile(scratch, "advisories-", ".part");
    try {
      try (stream) {
        receive(feed, stream, file);
      }
      return importer.replace(actor, feed, sink -> OsvFiles.read(file, sink), options);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void receive(Feed feed, TarballStream stream, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = stream.body().read(buffer); n >= 0; n = stream.body().read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException broken) {
      String sentence = "It broke off while it was fetched: " + broken.getMessage();
      feeds.tried(feed, sentence);
      throw new ProblemException(
          new Problem.UpstreamFailed(
              "The feed \"%s\" could not be fetched. %s".formatted(feed.name(), sentence), false));
    }
  }

  private static URI url(Feed feed) {
    try {
      return new URI(feed.source());
    } catch (URISyntaxException _) {
      throw new ProblemException(
          new Problem.Malformed(
              "The feed \"%s\" has no usable address: \"%s\"."
                  .formatted(feed.name(), feed.source())));
    }
  }
}
