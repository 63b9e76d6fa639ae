package dev.gatehouse.web.api.edit;

import dev.gatehouse.db.Changes;
import dev.gatehouse.db.edit.EditTurns;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// Carries out the changes of a workspace that name by `If-Match` what they were made of, one after
/// the other: between the look at what is there and the change, nobody else changes it. Those that
/// name nothing wait their turn all the same, or they would come in between.
public record InTurn(Visitors visitors, EditTurns turns, Changes changes) {
  /// Those that take `If-Match`, but for `PUT provider`, which asks the provider before it looks,
  /// and looks in its transaction.
  public static final Set<String> ROUTES =
      Set.of(
          "PATCH registries/{registry}",
          "POST registries/{registry}/upstreams",
          "PATCH registries/{registry}/upstreams/{upstream}",
          "DELETE registries/{registry}/upstreams/{upstream}",
          "PUT registries/{registry}/policies/{policy}",
          "DELETE registries/{registry}/policies/{policy}",
          "PUT registries/{registry}/rights",
          "PUT registries/{registry}/scopes",
          "PUT registries/{registry}/packages/{name}/teams",
          "PATCH teams/{team}",
          "DELETE teams/{team}",
          "PATCH roles/{role}",
          "DELETE roles/{role}",
          "PUT licence-policies/{licences}",
          "DELETE licence-policies/{licences}",
          "PUT me/notifications",
          "PATCH users/{user}",
          "PATCH issues/{issue}",
          "PATCH workspace/settings",
          "PATCH workspaces/{workspace}");

  private static final int SOON = 5;

  /// `routes`, those among them carried out in turn.
  public List<ApiRoute> over(List<ApiRoute> routes) {
    return routes.stream()
        .map(one ->
            ROUTES.contains(one.method() + " " + one.pattern())
                ? new ApiRoute(one.method(), one.pattern(), over(one.handler()))
                : one)
        .toList();
  }

  private Handler over(Handler next) {
    return request -> handle(request, next);
  }

  private Response handle(Request request, Handler next) throws Exception {
    long workspace = visitors.visitor(request).workspace().id();
    // A slow body holds nobody up.
    var _ = JsonBody.keep(request, ApiBody.LARGEST);
    try {
      return turns.alone(workspace, () -> alone(request, next));
    } catch (TimeoutException _) {
      throw new ProblemException(
          new Problem.Busy(
              "Others are changing this workspace: try again in a moment.",
              Duration.ofSeconds(SOON),
              false));
    }
  }

  private Response alone(Request request, Handler next) throws Exception {
    if (request.header("if-match") != null) {
      // What is looked at in memory is as new as what another process has just changed.
      changes.look();
    }
    return next.handle(request);
  }
}
