package dev.gatehouse.notify.hook;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A message to one webhook, and what became of it.
///
/// @param message its id, which stays the same when it is sent again
/// @param event the word of the event
/// @param status the receiver's last, null while there was none
/// @param answer the beginning of what the receiver said last, or why it could not
public record Delivery(
    long id,
    long webhookId,
    String message,
    String event,
    String body,
    State state,
    int attempts,
    @Nullable Integer status,
    @Nullable String answer,
    Times times) {

  /// When it was written, and when anything last came of it.
  public record Times(Instant created, Instant changed) {}

  /// How it stands.
  public enum State {
    /// It is tried, for the first time or again.
    WAITING,
    /// The receiver has it.
    DELIVERED,
    /// It is not tried any more.
    FAILED;

    /// As it is shown and stored.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
