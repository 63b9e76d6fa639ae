package dev.gatehouse.notify.mail;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

/// Sends somebody a mail that tells of nothing, while they wait: what the mail server says is said
/// to them. It takes no longer than the patience that mails have.
public record MailTest(Database database, Trail trail, Mailer mailer, MailSettings settings) {

  /// Sends it. Returns why that failed, in a sentence; null if the mail server has taken it.
  public @Nullable String send(Actor actor, Subscriptions.Reader account, Workspace workspace) {
    if (settings.host() == null) {
      throw new ProblemException(
          new Problem.Conflict(
              "This server sends no mail: mail.host and mail.from are to be set in its"
                  + " configuration."));
    }
    InternetAddress to = Addresses.parse(account.email());
    if (to == null) {
      throw new ProblemException(
          new Problem.Conflict(
              "Your account has no mail address: set it under Your account, then try again."));
    }
    database.write(handle -> {
      trail.add(handle, actor, new Trail.Entry(workspace.id(), "mail.test", account.name(), ""));
      return account;
    });
    Letter letter = Letter.of(account.id(), workspace.name(), new Event.Test(actor.label()), true);
    return switch (mailer.send(to, letter.subject(), letter.text())) {
      case Work.Again(String sentence) -> sentence;
      case Work.Never(String sentence) -> sentence;
      case Work.Done _, Work.Next _ -> null;
    };
  }
}
