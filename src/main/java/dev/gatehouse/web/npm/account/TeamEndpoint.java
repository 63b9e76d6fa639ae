package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.team.Team;
import dev.gatehouse.access.team.Teams;
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
import java.util.Objects;

/// `npm team`: `-/org/{scope}/team`, `-/team/{scope}/{team}` and `…/user`. The scope is the
/// workspace's name, or one that the registry claims; the teams are the workspace's either way.
public record TeamEndpoint(Gate gate, Access access) {
  private static final int LARGEST_BODY = 16 << 10;

  /// `GET -/org/{scope}/team`: `npm team ls @scope`.
  public Response list(Request request) {
    Caller caller = caller(request, Right.READ);
    String scope = request.variable("scope");
    return Response.json(
        200,
        teams().list(workspace(caller)).stream().map(one -> scope + ":" + one.name()).toList());
  }

  /// `PUT -/org/{scope}/team`: `npm team create @scope:team`.
  public Response create(Request request) throws IOException {
    Caller caller = caller(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = JsonBody.read(request, LARGEST_BODY);
    Team made =
        teams()
            .create(
                caller.actor(),
                workspace(caller),
                body.requireText("name"),
                Objects.requireNonNullElse(body.text("description"), ""));
    return Response.json(201, Map.of("name", made.name()));
  }

  /// `DELETE -/team/{scope}/{team}`: `npm team destroy @scope:team`.
  public Response destroy(Request request) {
    Caller caller = caller(request, Right.MANAGE_ACCOUNTS);
    teams().delete(caller.actor(), team(caller, request));
    return Response.json(200, Map.of("ok", true));
  }

  /// `GET -/team/{scope}/{team}/user`: `npm team ls @scope:team`.
  public Response members(Request request) {
    Caller caller = caller(request, Right.READ);
    List<String> members = team(caller, request).members();
    return Response.json(200, members);
  }

  /// `PUT -/team/{scope}/{team}/user`: `npm team add @scope:team user`.
  public Response add(Request request) throws IOException {
    Caller caller = caller(request, Right.MANAGE_ACCOUNTS);
    teams().add(caller.actor(), team(caller, request), member(caller, request));
    return Response.json(200, Map.of("ok", true));
  }

  /// `DELETE -/team/{scope}/{team}/user`: `npm team rm @scope:team user`.
  public Response remove(Request request) throws IOException {
    Caller caller = caller(request, Right.MANAGE_ACCOUNTS);
    teams().remove(caller.actor(), team(caller, request), member(caller, request));
    return Response.json(200, Map.of("ok", true));
  }

  /// Teams are the whole workspace's: a token for some registries does not change them.
  private Caller caller(Request request, Right right) {
    Caller caller = gate.caller(request, Right.READ);
    Identity identity = caller.requireIdentity();
    Problem refusal = identity.workspaceRefusal(right);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    requireScope(caller.registry(), request.variable("scope"));
    return caller;
  }

  /// Refuses a scope whose teams are not those of the registry's workspace.
  public static void requireScope(Registry registry, String scope) {
    String own = registry.workspace().name();
    if (!scope.equals(own) && !registry.settings().scopes().contains("@" + scope)) {
      throw new ProblemException(
          new Problem.NotFound(
              "This registry has no scope \"@%s\": its workspace's teams are called @%s:TEAM."
                  .formatted(scope, own)));
    }
  }

  private static long workspace(Caller caller) {
    return caller.registry().workspace().id();
  }

  private Teams teams() {
    return access.rights().teams();
  }

  private Team team(Caller caller, Request request) {
    return teams().require(workspace(caller), request.variable("team"));
  }

  private Account member(Caller caller, Request request) throws IOException {
    String user = JsonBody.read(request, LARGEST_BODY).requireText("user");
    return access.accounts().require(workspace(caller), user);
  }
}
