package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.Stargazing;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `-/user/v1/star`, `-/user/package/{name}/star`, `-/user/{user}/stars` and
/// `-/_view/starredByUser`: the packages that people like. npm itself stars by the package's
/// document, see [PublishEndpoint].
public record StarsEndpoint(Gate gate, Stargazing stargazing) {
  private static final int LARGEST_BODY = 16 << 10;

  /// `PUT -/user/v1/star` with `{name, package}`, both the package's name.
  public Response add(Request request) throws IOException {
    return named(request, true);
  }

  /// `DELETE -/user/v1/star` with the same body.
  public Response remove(Request request) throws IOException {
    return named(request, false);
  }

  /// `PUT -/user/package/{name}/star`.
  public Response addByPath(Request request) {
    return star(caller(request), request.variable("name"), true);
  }

  /// `DELETE -/user/package/{name}/star`.
  public Response removeByPath(Request request) {
    return star(caller(request), request.variable("name"), false);
  }

  /// `GET -/user/v1/star`: what the asker likes, an array of names.
  public Response own(Request request) {
    Caller caller = gate.caller(request, Right.READ);
    return Answers.fresh(
        stargazing.starred(caller.registry(), caller.requireIdentity().account().name()));
  }

  /// `GET -/user/{user}/stars`: what somebody else likes.
  public Response of(Request request) {
    Caller caller = gate.reader(request);
    return Answers.fresh(stargazing.starred(caller.registry(), request.variable("user")));
  }

  /// `GET -/_view/starredByUser?key="{user}"`: the same for npm.
  public Response view(Request request) {
    Caller caller = gate.reader(request);
    String key = request.query("key");
    String user = key == null ? "" : key.replace("\"", "");
    List<Map<String, String>> rows =
        stargazing.starred(caller.registry(), user).stream()
            .map(name -> Map.of("key", user, "value", name))
            .toList();
    return Answers.fresh(Map.of("rows", rows));
  }

  private Response named(Request request, boolean likes) throws IOException {
    Caller caller = caller(request);
    JsonBody body = JsonBody.read(request, LARGEST_BODY);
    String name = body.text("package");
    return star(caller, name == null ? body.requireText("name") : name, likes);
  }

  private Response star(Caller caller, String name, boolean likes) {
    stargazing.star(
        new Edit(caller.requireIdentity(), caller.registry(), PackageName.parse(name)), likes);
    return Answers.ok();
  }

  private Caller caller(Request request) {
    Caller caller = gate.caller(request, Right.READ);
    Identity identity = caller.requireIdentity();
    Problem refusal = identity.selfServiceRefusal();
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    return caller;
  }
}
