package dev.gatehouse.upstream.source;

import java.time.Duration;

/// How long and how much an upstream may take of us.
///
/// @param redirects how many redirects one request follows
/// @param connections how many connections are open to one host at a time
public record UpstreamLimits(Times times, Sizes sizes, int redirects, int connections) {

  /// How long each thing may take.
  ///
  /// @param connect until a connection stands, name lookup and TLS each
  /// @param silence without a single byte
  /// @param document for a whole document, retries included
  /// @param tarball for a whole tarball, up or down
  /// @param retryPause before the first retry; each further one waits four times as long
  public record Times(
      Duration connect,
      Duration silence,
      Duration document,
      Duration tarball,
      Duration retryPause) {}

  /// How large each thing may be.
  ///
  /// @param document bytes of a document, after decompression
  /// @param tarball bytes of a tarball
  public record Sizes(long document, long tarball) {}

  /// The same limits, but for these times.
  public UpstreamLimits with(Times other) {
    return new UpstreamLimits(other, sizes, redirects, connections);
  }

  /// What fits the public registry and a 256 MB heap.
  public static UpstreamLimits defaults() {
    return new UpstreamLimits(
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofMillis(200)),
        new Sizes(64L << 20, 1L << 30),
        5,
        64);
  }
}
