package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.session.SessionPasswords;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.http.ProblemMapper;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `-/user/org.couchdb.user:{name}` and `-/whoami`: logging in with name and password, and who
/// people are.
///
/// Logging in makes a token for the one registry that it happens at, and nothing else: never an
/// account. It is answered at once, never with 409, which some clients take for failure. An unknown
/// name, a wrong password, and a registry that is not there cost and say the same. Whoever is
/// signed in to the web app may give the name `gatehouse` and the password of their session
/// instead.
public record UserEndpoint(Gate gate, Access access) {
  private static final String PREFIX = "org.couchdb.user:";
  private static final int LARGEST_BODY = 16 << 10;

  /// `PUT -/user/org.couchdb.user:{name}`, with `/-rev/{rev}` behind it or not. An `Authorization`
  /// header is not looked at: it may be an old one.
  public Response login(Request request) throws IOException {
    String name = name(request);
    String password = password(JsonBody.read(request, LARGEST_BODY), name);
    Account account;
    try {
      account = account(gate.workspaceId(request), name, password, request);
    } catch (ProblemException refused) {
      return refusal(refused.problem());
    }
    Registry registry = gate.registry(request);
    var actor = new Actor.User(account.id(), account.name(), null);
    request.log().actor(actor.label());
    request.log().registry(registry.workspace().name() + "/" + registry.name());
    IssuedToken issued = LoginToken.issue(access, account, registry, ClientLabel.of(request));
    return Response.json(
            201,
            Map.of(
                "ok", true, "id", PREFIX + name, "rev", revision(account), "token", issued.text()))
        .with("cache-control", "no-store");
  }

  /// `GET -/user/org.couchdb.user:{name}`: an account of the workspace. npm asks it before it makes
  /// somebody the owner of a package.
  public Response show(Request request) {
    Caller caller = gate.caller(request, Right.READ);
    Account account = access.accounts().require(caller.registry().workspace().id(), name(request));
    return Response.json(
            200,
            Map.of(
                "_id", PREFIX + account.name(),
                "_rev", revision(account),
                "name", account.name(),
                "email", account.email(),
                "type", "user",
                "roles", List.of()))
        .with("cache-control", "no-store");
  }

  /// `GET -/whoami`.
  public Response whoami(Request request) {
    Caller caller = gate.caller(request, Right.READ);
    return Response.json(200, Map.of("username", caller.requireIdentity().account().name()))
        .with("cache-control", "no-store");
  }

  /// By the account's password, or by that of a session of the web app.
  private Account account(long workspaceId, String name, String password, Request request) {
    Account account =
        name.equals(SessionPasswords.USER)
            ? access.sessionPasswords().find(workspaceId, password)
            : null;
    return account == null
        ? PasswordProof.account(
            access, workspaceId, new PasswordProof.Given(name, password), request)
        : account;
  }

  /// npm then speaks of the password rather than of a token.
  private static Response refusal(Problem problem) {
    Response response = ProblemMapper.response(problem);
    return problem instanceof Problem.Unauthenticated
        ? response.with("www-authenticate", "Basic realm=\"Gatehouse\"")
        : response;
  }

  private static String password(JsonBody body, String name) {
    String id = body.text("_id");
    if (!body.requireText("name").equals(name) || (id != null && !id.equals(PREFIX + name))) {
      throw new ProblemException(
          new Problem.Malformed(
              "The user name in the URL is not the one in the body: log in again."));
    }
    return body.requireText("password");
  }

  private static String name(Request request) {
    String user = request.variable("user");
    if (!user.startsWith(PREFIX) || user.length() == PREFIX.length()) {
      throw new ProblemException(
          new Problem.NotFound("There is nothing at this address. Check the URL."));
    }
    return user.substring(PREFIX.length());
  }

  private static String revision(Account account) {
    return "1-" + Long.toHexString(account.updated().toEpochMilli());
  }
}
