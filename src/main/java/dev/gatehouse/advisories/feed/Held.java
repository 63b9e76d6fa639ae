package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.Advisory;
import org.jspecify.annotations.Nullable;

/// What a feed says of the package called `name`.
///
/// @param reason why it waits for a person or a second feed, null if it does not
public record Held(String name, @Nullable String reason, boolean withdrawn, Advisory advisory) {
  /// Whether it counts.
  boolean counts() {
    return reason == null && !withdrawn;
  }
}
