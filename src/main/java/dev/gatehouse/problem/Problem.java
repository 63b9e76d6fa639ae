package dev.gatehouse.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that a person can cause or must know of, with the sentence they read. The sentence
/// says what is wrong and what to do. `http` alone decides which status each one has.
public sealed interface Problem {

  /// One or two sentences, ready to be shown, without any secret.
  String sentence();

  /// What was asked for does not exist, or the asker may not know that it does.
  record NotFound(String sentence) implements Problem {}

  /// The request itself cannot be understood or contradicts itself.
  record Malformed(String sentence) implements Problem {}

  /// No valid credential came with the request.
  record Unauthenticated(String sentence) implements Problem {}

  /// The password is right, and the account's second factor is missing or wrong.
  record SecondFactorNeeded(String sentence) implements Problem {}

  /// The credential is valid, and what is asked for needs the second factor besides: a code, or a
  /// browser that opens `authUrl`, while the client asks at `doneUrl` how that went.
  record ConfirmationNeeded(String sentence, String authUrl, String doneUrl) implements Problem {}

  /// The credential is valid and does not suffice.
  record Forbidden(String sentence) implements Problem {}

  /// A version exists and the registry's policies withhold it. The sentence says which, why, until
  /// when and where to read more.
  record Withheld(String sentence) implements Problem {}

  /// What exists already stands in the way.
  record Conflict(String sentence) implements Problem {}

  /// A key that stands for one request came with another one.
  record KeyReused(String sentence) implements Problem {}

  /// Somebody has changed what the request wants to change since the asker last saw it.
  record Outdated(String sentence) implements Problem {}

  /// A body, a file or a name over its limit.
  record TooLarge(String sentence) implements Problem {}

  /// The request is understood and this server does not offer it.
  record Unsupported(String sentence) implements Problem {}

  /// The resource is known under the `allowed` methods, not under the one that was used.
  record WrongMethod(String sentence, List<String> allowed) implements Problem {
    /// Keeps its own copy of the methods.
    public WrongMethod {
      allowed = List.copyOf(allowed);
    }
  }

  /// What the client sends arrives too slowly to wait for.
  record TooSlow(String sentence) implements Problem {}

  /// The byte range asked for lies outside of a file of `size` bytes.
  record RangeOutside(String sentence, long size) implements Problem {}

  /// An upstream did not answer, or not usefully. `timedOut` tells slow from broken.
  record UpstreamFailed(String sentence, boolean timedOut) implements Problem {}

  /// The question has come back to a server that it had passed before.
  record Circle(String sentence) implements Problem {}

  /// Come back later, after `retryAfter` where it is known. `tooMany` tells a limit on the asker
  /// from a busy server.
  record Busy(String sentence, @Nullable Duration retryAfter, boolean tooMany) implements Problem {}
}
