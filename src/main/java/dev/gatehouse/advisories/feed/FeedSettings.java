package dev.gatehouse.advisories.feed;

import java.time.Duration;
import java.util.List;

/// Where advisories come from, as it is configured.
///
/// @param feeds each with its own trust
/// @param refresh how often they are looked at
/// @param widelyUsed from how many kept versions on a package counts as widely used
public record FeedSettings(List<Feed> feeds, Duration refresh, int widelyUsed) {
  private static final Duration REFRESH = Duration.ofHours(6);
  private static final int WIDELY_USED = 5;

  public FeedSettings {
    feeds = List.copyOf(feeds);
    if (refresh.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("advisories.refresh must be at least 1m.");
    }
    if (feeds.stream().map(Feed::name).distinct().count() < feeds.size()) {
      throw new IllegalArgumentException("Two feeds in advisories.feeds have the same name.");
    }
  }

  /// The OSV project's export, four times a day.
  public static FeedSettings defaults() {
    return new FeedSettings(List.of(Feed.OSV), REFRESH, WIDELY_USED);
  }

  /// The feed called `name`; one that is not configured is believed as far as the default one.
  public Feed named(String name) {
    return feeds.stream()
        .filter(feed -> feed.name().equals(name))
        .findFirst()
        .orElseGet(() -> new Feed(name, Feed.Trust.GUARDED, "by hand"));
  }
}
