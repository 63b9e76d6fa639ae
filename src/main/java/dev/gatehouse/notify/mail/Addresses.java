package dev.gatehouse.notify.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Mail addresses: one, without a name, and without anything that could begin another header.
final class Addresses {
  private static final Pattern PLAIN =
      Pattern.compile(
          "[^\\s\\p{Cntrl}<>(),;:\"\\[\\]\\\\@]{1,64}@[^\\s\\p{Cntrl}<>(),;:\"\\\\@]{1,255}");

  private Addresses() {}

  /// The address that `text` is, or null.
  static @Nullable InternetAddress parse(String text) {
    if (!PLAIN.matcher(text).matches()) {
      return null;
    }
    try {
      return new InternetAddress(text, true);
    } catch (AddressException _) {
      return null;
    }
  }
}
