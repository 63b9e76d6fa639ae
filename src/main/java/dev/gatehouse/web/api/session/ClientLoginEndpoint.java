package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.session.ClientLogin;
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

/// `client-logins/{secret}`: a client that waits to be logged in by this browser. The secret is in
/// the address that the client shows, and nobody else knows it.
public record ClientLoginEndpoint(Visitors visitors, Access access) {

  /// Who asks.
  ///
  /// @param client what it calls itself, which proves nothing
  /// @param sameAddress whether it asked from the address that this browser has
  record ClientLoginView(
      String registry,
      String client,
      String address,
      boolean sameAddress,
      String created,
      String expires) {}

  /// `GET client-logins/{secret}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request);
    visitor.requireSession();
    ClientLogin login = login(request, visitor);
    String here = request.client().getHostAddress();
    return Answer.of(
        200,
        new ClientLoginView(
            login.registry(),
            login.client(),
            login.address(),
            login.address().equals(here),
            login.created().toString(),
            login.expires().toString()));
  }

  /// `POST client-logins/{secret}`: lets the client act for whoever is signed in, or refuses it.
  public Response decide(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    JsonBody body = ApiBody.read(request, "allow");
    visitor.requireSession();
    if (body.flag("allow")) {
      login(request, visitor);
    }
    access.clientLogins().decide(visitor.account(), request.variable("secret"), body.flag("allow"));
    return Answer.done();
  }

  /// The login, at a registry that the visitor may read.
  private ClientLogin login(Request request, Visitor visitor) {
    ClientLogin login = access.clientLogins().require(request.variable("secret"));
    if (!login.workspace().equals(visitor.workspace().name())) {
      throw new ProblemException(
          new Problem.NotFound(
              "This login is for another workspace: sign in there, then open the address again."));
    }
    var _ = visitors.registry(visitor, login.registry());
    return login;
  }
}
