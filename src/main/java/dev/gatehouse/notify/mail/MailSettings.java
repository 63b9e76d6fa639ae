package dev.gatehouse.notify.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server that takes mail, as it is configured.
///
/// @param host null sends no mail
/// @param security `starttls`, `tls`, or `none` for a server on this machine
/// @param from the sender's address
public record MailSettings(
    @Nullable String host,
    int port,
    String security,
    @Nullable String user,
    @Nullable String password,
    @Nullable String from) {
  private static final List<String> SECURITY = List.of("starttls", "tls", "none");
  private static final int SUBMISSION = 587;

  /// Refuses what cannot work.
  public MailSettings {
    if (!SECURITY.contains(security)) {
      throw new IllegalArgumentException(
          "mail.security is \"%s\": use one of %s."
              .formatted(security, String.join(", ", SECURITY)));
    }
    if (host != null && from == null) {
      throw new IllegalArgumentException(
          "mail.host is set, but mail.from is not: name the address that mails come from.");
    }
    if (from != null && Addresses.parse(from) == null) {
      throw new IllegalArgumentException("mail.from is no mail address.");
    }
    if (user != null && security.equals("none")) {
      throw new IllegalArgumentException(
          "mail.user is set, but mail.security is none: the password would travel unencrypted.");
    }
  }

  /// No mail.
  public static MailSettings defaults() {
    return new MailSettings(null, SUBMISSION, "starttls", null, null, null);
  }

  @Override
  public String toString() {
    return "MailSettings[host=%s, port=%d, security=%s, user=%s, password=***, from=%s]"
        .formatted(host, port, security, user, from);
  }
}
