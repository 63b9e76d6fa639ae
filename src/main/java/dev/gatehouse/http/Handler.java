package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/// Answers requests. A plain function; filters are handlers around handlers.
@FunctionalInterface
public interface Handler {

  /// The answer. Runs on a virtual thread of its own and may block. What a user can cause is thrown
  /// as a `ProblemException`; anything else that is thrown is a bug and answered 500.
  Response handle(Request request) throws Exception;

  /// The answer, if it is at hand: runs on the event loop and must not block. Null asks [#handle].
  default @Nullable Response warm(Request request) {
    return null;
  }
}
