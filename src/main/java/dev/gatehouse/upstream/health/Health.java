package dev.gatehouse.upstream.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether upstreams answer, as this process has seen it since it began: they are not asked for the
/// sake of knowing. By the keys of their origins, so that what one credential meets is shown to
/// nobody who holds another.
public final class Health {
  private static final int MOST_UPSTREAMS = 1_000;

  private final Clock clock;
  private final Cache<String, Watched> upstreams =
      Caffeine.newBuilder().maximumSize(MOST_UPSTREAMS).build();

  /// Nobody has been asked yet.
  public Health(Clock clock) {
    this.clock = clock;
  }

  /// It has answered a question that was begun at that `System.nanoTime()`; that it has not what
  /// was asked for is an answer, too.
  public void answered(String key, long began) {
    watched(key)
        .answered(clock.instant(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  /// It has not.
  ///
  /// @param sentence how, as people are told
  public void failed(String key, String sentence) {
    watched(key).failed(clock.instant(), sentence);
  }

  /// How it stands with one; null if it was never asked.
  public @Nullable Standing of(String key) {
    Watched known = upstreams.getIfPresent(key);
    return known == null ? null : known.standing(clock.instant());
  }

  private Watched watched(String key) {
    return upstreams.get(key, _ -> new Watched());
  }
}
