package dev.gatehouse.advisories.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a feed stands.
///
/// @param records how many records it had when it was last imported
/// @param held how many of them wait for a person or a second feed
/// @param imported when it was last seen whole, null if never
/// @param tried when it was last looked at
/// @param failure why that failed, null if it did not
public record FeedStatus(
    String name,
    String source,
    long records,
    long held,
    @Nullable Instant imported,
    @Nullable Instant tried,
    @Nullable String failure) {}
