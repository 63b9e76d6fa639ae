package dev.gatehouse.app.wiring;

import dev.gatehouse.advisories.feed.FeedSettings;
import dev.gatehouse.advisories.feed.Feeds;
import dev.gatehouse.advisories.feed.Importer;
import dev.gatehouse.advisories.feed.Kept;
import dev.gatehouse.advisories.feed.Refresh;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.upstream.UpstreamClient;
import java.nio.file.Path;
import java.time.Clock;

/// Everything that brings advisories in.
///
/// @param settings where from
public record Advising(FeedSettings settings, Feeds feeds, Importer importer, Refresh refresh) {

  /// What fetches feeds, and where to.
  public record Fetching(UpstreamClient client, Path scratch) {}

  /// Puts it together. `changed` is run after every change.
  public static Advising on(
      Database database, FeedSettings settings, Fetching fetching, Clock clock, Runnable changed) {
    var versions = new KeptVersions(database);
    var kept = new Kept(versions::names, versions::of);
    var feeds = new Feeds(database, clock, changed);
    var importer =
        new Importer(new Importer.Parts(database, clock, kept, settings.widelyUsed(), changed));
    var refresh =
        new Refresh(
            new Refresh.Parts(fetching.client(), fetching.scratch(), importer, feeds), clock);
    return new Advising(settings, feeds, importer, refresh);
  }
}
