package dev.gatehouse.notify.hook;

import java.util.List;
import java.util.Locale;

/// What the operator allows webhooks.
///
/// @param privateHosts hosts, as `chat.internal` or `10.0.0.7:8080`, that may be reached although
///   their addresses are not public
public record WebhookSettings(List<String> privateHosts) {
  /// Keeps its own copy, in small letters.
  public WebhookSettings {
    privateHosts = privateHosts.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
  }

  /// Only the public internet.
  public static WebhookSettings defaults() {
    return new WebhookSettings(List.of());
  }
}
