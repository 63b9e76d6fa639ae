package dev.gatehouse.notify.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.db.Vault;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Mails that carry a link with a secret in it. They wait sealed, since what the database keeps of
/// the secret is its hash, and are not sent once the link has expired. The link begins with the
/// configured address of this server: whoever asks for a mail must not choose where it leads.
public final class LinkMails implements Work {
  /// The kind of the jobs.
  public static final String KIND = "mail-link";

  private static final JsonMapper JSON = new JsonMapper();

  private final Mailer mailer;
  private final Vault vault;
  private final Clock clock;
  private final @Nullable String base;

  /// Sends by `mailer`, while `vault` seals what waits.
  ///
  /// @param base how links begin, without a slash at the end; null if no mail can be sent
  public LinkMails(Mailer mailer, Vault vault, Clock clock, @Nullable String base) {
    this.mailer = mailer;
    this.vault = vault;
    this.clock = clock;
    this.base = base;
  }

  /// A mail.
  ///
  /// @param text with `{link}` where the link belongs
  /// @param path of the link, with its secret
  /// @param until when the link expires
  public record Mail(String to, String subject, String text, String path, Instant until) {
    @Override
    public String toString() {
      return "Mail[to=" + to + ", subject=" + subject + "]";
    }
  }

  /// As it is sealed.
  record Waiting(String to, String subject, String text, long until) {}

  /// Whether there is a server that takes mail, and an address for links to begin with.
  public boolean arePossible() {
    return base != null;
  }

  /// Refuses to go on where no mail can be sent.
  public void requirePossible() {
    if (base == null) {
      throw new ProblemException(
          new Problem.Conflict(
              "This server sends no mail: hand the link over, or set mail.host and"
                  + " server.base-url."));
    }
  }

  /// Sends `mail` once the transaction of `handle` is committed.
  public void post(Handle handle, Mail mail) {
    requirePossible();
    if (Addresses.parse(mail.to) == null) {
      throw new ProblemException(
          new Problem.Malformed(
              "The mail address is not one: write it as name@example.org, or leave it out."));
    }
    String text = mail.text.replace("{link}", base + mail.path);
    var waiting = new Waiting(mail.to, mail.subject, text, mail.until.toEpochMilli());
    Jobs.add(handle, KIND, vault.seal(bytes(waiting)), clock.millis());
  }

  @Override
  public Outcome run(String payload) throws IOException {
    Waiting waiting = JSON.readValue(vault.open(payload), Waiting.class);
    InternetAddress to = Addresses.parse(waiting.to);
    return to == null || clock.millis() >= waiting.until
        ? new Done()
        : mailer.send(to, waiting.subject, waiting.text);
  }

  private static byte[] bytes(Waiting waiting) {
    try {
      return JSON.writeValueAsString(waiting).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
