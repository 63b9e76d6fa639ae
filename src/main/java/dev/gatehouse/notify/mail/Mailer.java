package dev.gatehouse.notify.mail;

import dev.gatehouse.db.Database;
import dev.gatehouse.jobs.Work;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// Sends the mails that wait by the configured server. Whoever has been deactivated meanwhile, or
/// wants none any more, gets none. Passwords travel over TLS only, and certificates are checked.
public final class Mailer implements Work {
  private static final String PATIENCE = "10000";

  private final Database database;
  private final MailSettings settings;
  private final Clock clock;
  private @Nullable Session session;

  /// Sends by the server in `settings`.
  public Mailer(Database database, MailSettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Outcome run(String payload) {
    Letter letter = Letter.parse(payload);
    String to = address(letter);
    InternetAddress address = to == null ? null : Addresses.parse(to);
    if (settings.host() == null || address == null) {
      return letter.asked() && settings.host() == null
          ? new Never("No mail server is configured: set mail.host and mail.from.")
          : new Done();
    }
    return send(address, letter.subject(), letter.text());
  }

  /// Sends one mail.
  Outcome send(InternetAddress to, String subject, String text) {
    try {
      Transport.send(message(to, subject, text));
      return new Done();
    } catch (AuthenticationFailedException _) {
      return new Again("The mail server refuses mail.user or mail.password.");
    } catch (MessagingException failed) {
      if (isRefused(failed)) {
        return new Never("The mail server does not take mail to this address, or from mail.from.");
      }
      return new Again(
          "The mail server %s:%d takes no mail (%s)."
              .formatted(settings.host(), settings.port(), failed.getClass().getSimpleName()));
    }
  }

  /// Whether the server said, by a code of five hundred and more, that it will never take it.
  private static boolean isRefused(MessagingException failed) {
    for (Exception one = failed;
        one instanceof MessagingException next;
        one = next.getNextException()) {
      int code =
          switch (next) {
            case SMTPSendFailedException sent -> sent.getReturnCode();
            case SMTPAddressFailedException to -> to.getReturnCode();
            case SMTPSenderFailedException from -> from.getReturnCode();
            default -> 0;
          };
      if (code >= 500) {
        return true;
      }
    }
    return false;
  }

  private MimeMessage message(InternetAddress to, String subject, String text)
      throws MessagingException {
    MimeMessage message = new MimeMessage(session());
    message.setFrom(Addresses.parse(Objects.requireNonNull(settings.from())));
    message.setRecipient(RecipientType.TO, to);
    message.setSubject(subject, StandardCharsets.UTF_8.name());
    message.setText(text, StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // So that nobody's holiday answers it.
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  /// Where it goes now, or null if it shall not.
  private @Nullable String address(Letter letter) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT email FROM account WHERE id = :id AND active AND email <> ''
                  AND (:asked OR EXISTS (SELECT 1 FROM mail_subscription WHERE account_id = :id))
                """)
            .bind("id", letter.accountId())
            .bind("asked", letter.asked())
            .mapTo(String.class)
            .findOne()
            .orElse(null));
  }

  /// Made with the first mail: most servers send none, and a start has no time for it.
  private synchronized Session session() {
    if (session == null) {
      session = session(settings);
    }
    return session;
  }

  private static Session session(MailSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", Objects.requireNonNullElse(settings.host(), ""));
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.connectiontimeout", PATIENCE);
    properties.setProperty("mail.smtp.timeout", PATIENCE);
    properties.setProperty("mail.smtp.writetimeout", PATIENCE);
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty(
        "mail.smtp.ssl.enable", Boolean.toString(settings.security().equals("tls")));
    String starttls = Boolean.toString(settings.security().equals("starttls"));
    properties.setProperty("mail.smtp.starttls.enable", starttls);
    properties.setProperty("mail.smtp.starttls.required", starttls);
    String user = settings.user();
    if (user == null) {
      return Session.getInstance(properties);
    }
    properties.setProperty("mail.smtp.auth", "true");
    String password = Objects.requireNonNullElse(settings.password(), "");
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(user, password);
          }
        });
  }
}
