package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.session.ClientLogin;
import dev.gatehouse.access.session.ClientLogins;
import dev.gatehouse.access.session.ClientLogins.Outcome;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.web.Gate;
import java.util.Map;

/// `-/v1/login`: logging in by a browser. Clients ask for it before they have a credential, so it
/// is open to everybody and says nothing of what is here: whether the registry exists shows to
/// whoever has signed in.
public record WebLoginEndpoint(Access access, Registries registries) {
  /// npm asks again at once, without end, if it is not told to wait.
  private static final String SECONDS = "1";

  /// `POST -/v1/login`, whose body clients leave empty or out.
  public Response open(Request request) {
    ClientLogins.Opened opened =
        access
            .clientLogins()
            .open(
                workspace(request),
                request.variable("registry"),
                ClientLabel.of(request),
                request.client());
    return Response.json(
            200,
            Map.of(
                "loginUrl", Gate.pages(request) + "/login/" + opened.code(),
                "doneUrl", Gate.base(request) + "/-/v1/login/" + opened.done()))
        .with("cache-control", "no-store");
  }

  /// As it is called now, if the client has an old name.
  private String workspace(Request request) {
    String name = Gate.workspace(request);
    Workspace found = registries.directory().workspace(name);
    return found == null ? name : found.name();
  }

  /// `GET -/v1/login/{secret}`: 202 until somebody has decided, then the token, once.
  public Response ask(Request request) {
    return switch (access.clientLogins().ask(request.variable("secret"))) {
      case Outcome.Waiting _ ->
          Response.json(202, Map.of())
              .with("retry-after", SECONDS)
              .with("cache-control", "no-store");
      case Outcome.Allowed allowed -> token(allowed);
      case Outcome.Ended _ ->
          throw new ProblemException(
              new Problem.Forbidden(
                  "The login was refused in the browser, or took too long: log in again."));
    };
  }

  private Response token(Outcome.Allowed allowed) {
    ClientLogin login = allowed.login();
    Registry registry = registries.require(login.workspace(), login.registry());
    IssuedToken issued = LoginToken.issue(access, allowed.account(), registry, login.client());
    return Response.json(200, Map.of("token", issued.text())).with("cache-control", "no-store");
  }
}
