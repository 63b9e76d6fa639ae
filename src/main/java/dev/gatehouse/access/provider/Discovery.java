package dev.gatehouse.access.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.SmallQuestion;
import dev.gatehouse.upstream.UpstreamClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What providers say about themselves: where they do what, and with which keys they sign. Both are
/// kept for a while and no longer, and a key that is not known is asked for at once. A provider
/// that fails is left alone for a few seconds, however many people want to sign in.
final class Discovery {
  /// How long anything that a provider is asked may take.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How large anything that it answers may be.
  static final long LARGEST = 256 << 10;

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Duration LEAST_LIFE = Duration.ofSeconds(30);
  private static final Duration FAILURE_LIFE = Duration.ofSeconds(10);
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final int MOST = 100;

  private final UpstreamClient client;
  private final Clock clock;
  private final Cache<URI, Kept> kept = Caffeine.newBuilder().maximumSize(MOST).build();

  Discovery(UpstreamClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// A document, or why there is none.
  private record Kept(String text, @Nullable String failure, boolean timedOut, long fetched) {}

  /// Where the provider does what.
  ProviderEndpoints endpoints(ProviderSettings settings) {
    return ProviderEndpoints.read(settings.issuer(), document(settings, wellKnown(settings), LIFE));
  }

  /// The same if it is known already: asks nobody.
  @Nullable ProviderEndpoints knownEndpoints(ProviderSettings settings) {
    Kept known = kept.getIfPresent(wellKnown(settings));
    return known == null || known.failure != null
        ? null
        : ProviderEndpoints.read(settings.issuer(), known.text);
  }

  /// Its keys, as it writes them.
  String keys(ProviderSettings settings, ProviderEndpoints endpoints) {
    return document(settings, endpoints.keys(), LIFE);
  }

  /// Its keys as they are now, for a signature that the known ones do not explain. Asked again at
  /// most every half a minute.
  String newKeys(ProviderSettings settings, ProviderEndpoints endpoints) {
    return document(settings, endpoints.keys(), LEAST_LIFE);
  }

  /// Forgets what is known, for somebody who sets it up and has just changed something there.
  void forget(ProviderSettings settings) {
    kept.invalidate(wellKnown(settings));
  }

  private String document(ProviderSettings settings, URI uri, Duration life) {
    long now = clock.millis();
    Kept known = kept.getIfPresent(uri);
    if (known == null || isOver(known, now, life)) {
      known = fetch(settings, uri, now);
      kept.put(uri, known);
    }
    if (known.failure != null) {
      throw new ProblemException(
          new Problem.UpstreamFailed(
              "\"%s\" cannot be asked: %s".formatted(settings.name(), known.failure),
              known.timedOut));
    }
    return known.text;
  }

  private static boolean isOver(Kept known, long now, Duration life) {
    Duration most = known.failure == null ? life : FAILURE_LIFE;
    return now - known.fetched >= most.toMillis();
  }

  private Kept fetch(ProviderSettings settings, URI uri, long now) {
    var asked =
        new SmallQuestion(uri, null, Map.of("Accept", "application/json"), PATIENCE, LARGEST);
    return switch (client.small(settings.source(), asked)) {
      case SmallQuestion.Answer.Given(String text) -> new Kept(text, null, false, now);
      case SmallQuestion.Answer.Refused(String sentence) -> new Kept("", sentence, false, now);
      case SmallQuestion.Answer.Failed(String sentence, boolean timedOut) ->
          new Kept("", sentence, timedOut, now);
    };
  }

  private static URI wellKnown(ProviderSettings settings) {
    return URI.create(settings.issuer().replaceFirst("/$", "") + WELL_KNOWN);
  }
}
