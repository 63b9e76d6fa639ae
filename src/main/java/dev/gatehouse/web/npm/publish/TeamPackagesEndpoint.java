package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.team.Team;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.packages.team.PackageTeams.Permission;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.TeamSharing;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.npm.account.TeamEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `npm access grant`, `revoke` and `list packages`: `-/team/{scope}/{team}/package`. What is
/// granted is a package, or all of a scope, as `@acme/*`.
public record TeamPackagesEndpoint(Gate gate, Parts parts, Attendance attendance) {
  private static final int LARGEST_BODY = 16 << 10;

  /// What knows of teams and what they own.
  public record Parts(Access access, PackageTeams teams, TeamSharing sharing) {}

  /// `PUT -/team/{scope}/{team}/package`: `npm access grant read-write @scope:team package`.
  public Response grant(Request request) throws IOException {
    Caller caller = caller(request, Right.PUBLISH);
    Team team = team(caller, request);
    JsonBody body = JsonBody.read(request, LARGEST_BODY);
    Permission permission = permission(body.requireText("permissions"));
    return change(request, caller, team, body, permission);
  }

  /// `DELETE -/team/{scope}/{team}/package`: `npm access revoke @scope:team package`.
  public Response revoke(Request request) throws IOException {
    Caller caller = caller(request, Right.PUBLISH);
    Team team = team(caller, request);
    return change(request, caller, team, JsonBody.read(request, LARGEST_BODY), null);
  }

  /// `GET -/team/{scope}/{team}/package`: `npm access list packages @scope:team`.
  public Response list(Request request) {
    Caller caller = caller(request, Right.READ);
    Team team = team(caller, request);
    Map<String, String> names = new TreeMap<>();
    parts
        .teams()
        .ofTeam(caller.registry().id(), team.id())
        .forEach((name, permission) -> names.put(name, permission.listed()));
    return Answers.fresh(names);
  }

  private Response change(
      Request request, Caller caller, Team team, JsonBody body, @Nullable Permission permission) {
    PackageName name = PackageName.parse(body.requireText("package"));
    Edit edit = new Edit(caller.requireIdentity(), caller.registry(), name);
    attendance.require(request, edit, PackageChange.OWNERS);
    parts.sharing().give(edit, team.name(), permission);
    return Answers.ok();
  }

  private Caller caller(Request request, Right right) {
    Caller caller = gate.caller(request, right);
    var _ = caller.requireIdentity();
    TeamEndpoint.requireScope(caller.registry(), request.variable("scope"));
    return caller;
  }

  private Team team(Caller caller, Request request) {
    return parts
        .access()
        .rights()
        .teams()
        .require(caller.registry().workspace().id(), request.variable("team"));
  }

  private static Permission permission(String word) {
    for (Permission one : Permission.values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    throw new ProblemException(
        new Problem.Malformed(
            "The permissions must be read-only or read-write, not " + Quoted.quote(word) + "."));
  }
}
