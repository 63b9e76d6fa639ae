package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// `me/second-factor`: codes of an authenticator app, for whoever is signed in with a browser; and
/// taking them from somebody who has lost theirs.
public record SecondFactorEndpoint(Visitors visitors, Access access) {

  /// How one stands.
  record StandingView(boolean on, boolean required, int recoveryCodes) {}

  /// What an app needs to know: the only time that it is seen.
  record StartedView(String secret, String uri, QrCode qr) {
    @Override
    public String toString() {
      return "StartedView[***]";
    }
  }

  /// Codes for a lost telephone: the only time that they are seen.
  record RecoveryCodes(List<String> recoveryCodes) {
    @Override
    public String toString() {
      return "RecoveryCodes[***]";
    }
  }

  /// `GET me/second-factor`.
  public Response show(Request request) {
    SecondFactors.Standing standing =
        access.secondFactors().standing(visitors.anyVisitor(request).account());
    return Answer.of(
        200, new StandingView(standing.on(), standing.required(), standing.recoveryCodes()));
  }

  /// `POST me/second-factor`: draws a secret, by the password. Whoever has just come by the
  /// workspace's provider, and may have none, needs none.
  public Response start(Request request) throws IOException {
    Visitor visitor = visitors.anyVisitor(request);
    JsonBody body = ApiBody.read(request, "password");
    visitor.requireSession();
    Account account = visitor.account();
    new Proof(access).require(request, visitor, body, "password");
    String secret = access.secondFactors().start(account).secret();
    String uri =
        "otpauth://totp/%s?secret=%s&issuer=Gatehouse"
            .formatted(
                encoded("Gatehouse " + visitor.workspace().name() + ":" + account.name()), secret);
    return Answer.of(201, new StartedView(secret, uri, QrCode.of(uri)));
  }

  /// `PUT me/second-factor`: switches it on, by a first code.
  public Response confirm(Request request) throws IOException {
    Visitor visitor = visitors.anyVisitor(request);
    JsonBody body = ApiBody.read(request, "code");
    visitor.requireSession();
    return Answer.of(
        200,
        new RecoveryCodes(
            forbidding(() ->
                access.secondFactors().confirm(visitor.account(), body.requireText("code")))));
  }

  /// `POST me/second-factor/recovery-codes`: draws new ones, by a code.
  public Response redraw(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    JsonBody body = ApiBody.read(request, "code");
    visitor.requireSession();
    return Answer.of(
        201,
        new RecoveryCodes(
            forbidding(
                () -> access.secondFactors().redraw(visitor.account(), body.requireText("code")))));
  }

  /// `POST me/second-factor/end`: switches it off, by a code.
  public Response end(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    JsonBody body = ApiBody.read(request, "code");
    visitor.requireSession();
    String code = body.requireText("code");
    var _ =
        forbidding(() -> {
          access.secondFactors().end(visitor.account(), code);
          return code;
        });
    return Answer.done();
  }

  /// `DELETE users/{user}/second-factor`.
  public Response reset(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    Account account = access.accounts().require(visitor.workspace().id(), request.variable("user"));
    access.secondFactors().reset(visitor.actor(), account);
    return Answer.done();
  }

  /// Whoever is signed in stays so when they mistype a code.
  private static <T> T forbidding(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.SecondFactorNeeded(String sentence)) {
        throw new ProblemException(new Problem.Forbidden(sentence));
      }
      throw refused;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
