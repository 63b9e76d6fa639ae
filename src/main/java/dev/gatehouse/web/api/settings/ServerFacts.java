package dev.gatehouse.web.api.settings;

import dev.gatehouse.advisories.feed.FeedSettings;
import dev.gatehouse.notify.mail.MailSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server was set up: what the web app shows of it and does not change.
///
/// @param baseUrl as it is configured; null if each request says it
public record ServerFacts(
    @Nullable String baseUrl, MailSettings mail, FeedSettings feeds, List<Kept> kept) {
  /// Keeps its own copy.
  public ServerFacts {
    kept = List.copyOf(kept);
  }

  /// What is kept for how long.
  ///
  /// @param what in words
  /// @param most how many rows at most; null if that is not bounded
  /// @param key which setting says so; null if none does
  public record Kept(String what, Duration time, @Nullable Long most, @Nullable String key) {}
}
