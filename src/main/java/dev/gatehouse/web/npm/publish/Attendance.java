package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.factor.Confirmations;
import dev.gatehouse.access.factor.WaitingChange;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.web.Gate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a registry wants it, asks whoever changes a package for their second factor: that somebody
/// attends, and not only a token. Clients ask their person for a code and send it as `npm-otp`; or
/// they show the address of a page that asks for it, and send what they are given afterwards. The
/// tokens of machines need neither.
public record Attendance(Access access, Attending attending) {
  private static final String CODE = "npm-otp";
  private static final String FORM = "npm-auth-type";
  private static final int LONGEST_CLIENT = 100;

  /// Refuses a change that needs a second factor and has none.
  void require(Request request, Edit edit, PackageChange change) {
    if (!attending.isNeeded(edit)) {
      return;
    }
    Account account = edit.by().account();
    if (!attending.isPossible(edit)) {
      throw new ProblemException(none(request, edit));
    }
    var waiting =
        new WaitingChange(account.id(), edit.registry().id(), change.words(), edit.name().value());
    String given = request.header(CODE);
    if (given != null && given.length() == Confirmations.LENGTH) {
      if (!access.confirmations().spend(waiting, given)) {
        throw asked(
            request, waiting, "That one-time password was used, refused, or is of another change.");
      }
      return;
    }
    check(request, waiting, account, given);
  }

  /// `GET -/v1/confirm/{secret}`: 202 until the person has decided, then what to send as `npm-otp`.
  public Response ask(Request request) {
    String secret = request.variable("secret");
    return switch (access.confirmations().ask(secret)) {
      case WAITING ->
          // npm asks again at once, without end, if it is not told to wait.
          Response.json(202, Map.of()).with("retry-after", "1").with("cache-control", "no-store");
      case ALLOWED -> Response.json(200, Map.of("token", secret)).with("cache-control", "no-store");
      case ENDED ->
          throw new ProblemException(
              new Problem.Forbidden(
                  "The change was refused in the browser, or took too long: start it again."));
    };
  }

  private void check(
      Request request, WaitingChange waiting, Account account, @Nullable String code) {
    try {
      access.secondFactors().check(account, code);
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.SecondFactorNeeded(String sentence)) {
        throw asked(request, waiting, sentence);
      }
      throw refused;
    }
  }

  /// Asks by a page too, unless the client has said that it wants none.
  private ProblemException asked(Request request, WaitingChange waiting, String sentence) {
    Confirmations.Opened opened =
        "legacy".equals(request.header(FORM))
            ? null
            : access.confirmations().open(waiting, client(request), request.client());
    return new ProblemException(
        opened == null
            ? new Problem.SecondFactorNeeded(sentence)
            : new Problem.ConfirmationNeeded(
                sentence,
                Gate.pages(request) + "/confirm/" + opened.code(),
                Gate.base(request) + "/-/v1/confirm/" + opened.done()));
  }

  private static Problem none(Request request, Edit edit) {
    return new Problem.Forbidden(
        "The registry \"%s\" asks for a second factor with every change of a package, and \"%s\" has none: set it up at %s/account. Machines use a token that is made for them there, under Tokens."
            .formatted(edit.registry().name(), edit.account(), request.baseUrl()));
  }

  /// What the client calls itself, without what a terminal would obey.
  private static String client(Request request) {
    String agent = request.header("user-agent");
    String plain = agent == null ? "" : agent.replaceAll("[^ -~]", "").strip();
    return plain.substring(0, Math.min(plain.length(), LONGEST_CLIENT));
  }
}
