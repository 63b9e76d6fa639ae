package dev.gatehouse.web.api.people;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.AccountName;
import dev.gatehouse.access.account.PasswordLinks;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.db.Database;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;

/// Sends a link to whoever says that they have forgotten their password. What they say becomes a
/// job, whether there is such an account or not; the job looks. So neither the answer nor the time
/// that it takes tells.
public final class ForgottenPasswords implements Work {
  /// The kind of the jobs.
  public static final String KIND = "forgotten-password";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String OFTEN =
      "A new password was asked for too often: look at your mail, or ask an admin of your workspace"
          + " for a link.";

  private final Database database;
  private final PasswordLinks links;
  private final LinkMails mails;
  private final Clock clock;
  private final Allowance ofAddress;
  private final Allowance ofAccount;

  /// Makes `links` and sends them by `mails`.
  public ForgottenPasswords(Database database, PasswordLinks links, LinkMails mails, Clock clock) {
    this.database = database;
    this.links = links;
    this.mails = mails;
    this.clock = clock;
    this.ofAddress = new Allowance(clock, 10, Duration.ofHours(1));
    this.ofAccount = new Allowance(clock, 3, Duration.ofHours(1));
  }

  /// Whose password it is.
  record Asked(String workspace, String name) {}

  /// Somebody at `address` says that they have forgotten the password of `name`.
  void ask(String workspace, String name, InetAddress address) {
    if (!mails.arePossible()) {
      throw new ProblemException(
          new Problem.Conflict(
              "This server sends no mail: ask an admin of your workspace for a link to a new"
                  + " password."));
    }
    if (!AccountName.isPossible(name) || workspace.length() > 64) {
      throw new ProblemException(
          new Problem.Malformed("No account is called like that: give the user name."));
    }
    ofAddress.take(address, OFTEN);
    ofAccount.take(workspace + "/" + name, OFTEN);
    String payload = json(new Asked(workspace, name));
    var _ =
        database.write(handle -> {
          Jobs.add(handle, KIND, payload, clock.millis());
          return true;
        });
  }

  @Override
  public Outcome run(String payload) throws IOException {
    Asked asked = JSON.readValue(payload, Asked.class);
    Workspace workspace = new Workspaces(database).find(asked.workspace);
    if (workspace == null) {
      return new Done();
    }
    try {
      links.forgotten(
          workspace.id(),
          asked.name,
          (handle, made) -> mails.post(handle, LinkTexts.password(made)));
      return new Done();
    } catch (ProblemException refused) {
      return new Never(refused.problem().sentence());
    }
  }

  private static String json(Asked asked) {
    try {
      return JSON.writeValueAsString(asked);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
