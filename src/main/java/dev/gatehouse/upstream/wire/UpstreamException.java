package dev.gatehouse.upstream.wire;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An upstream failed, in a sentence that may be shown: it names the host and nothing secret.
public final class UpstreamException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean timedOut;
  private final boolean passing;
  private final @Nullable Duration retryAfter;

  private UpstreamException(
      String sentence, boolean timedOut, boolean passing, @Nullable Duration retryAfter) {
    super(sentence);
    this.timedOut = timedOut;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }

  /// A failure that the same question would meet again.
  public static UpstreamException lasting(String sentence) {
    return new UpstreamException(sentence, false, false, null);
  }

  /// A failure that may be over in a moment, or after `retryAfter` where the upstream says so.
  public static UpstreamException passing(String sentence, @Nullable Duration retryAfter) {
    return new UpstreamException(sentence, false, true, retryAfter);
  }

  /// No answer, or not enough of it, within the time that was given.
  public static UpstreamException late(String sentence) {
    return new UpstreamException(sentence, true, false, null);
  }

  /// What went wrong and where, ready to be shown.
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /// Whether the upstream was slow rather than wrong.
  public boolean timedOut() {
    return timedOut;
  }

  boolean passes() {
    return passing;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
