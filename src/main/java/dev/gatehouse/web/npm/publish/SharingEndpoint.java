package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.packages.Packages.Owner;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.DistTags;
import dev.gatehouse.publish.change.Sharing;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `-/package/{name}/owners`, `…/collaborators`, `…/visibility` and `…/access`.
public record SharingEndpoint(Gate gate, Sharing sharing, Shown shown, Attendance attendance) {
  private static final int LARGEST_BODY = 16 << 10;

  /// Where it is looked up what is shown.
  public record Shown(Packages packages, Accounts accounts, DistTags tags, PackageTeams teams) {}

  /// `PUT -/package/{name}/owners`: `{user}` becomes one more owner.
  public Response addOwner(Request request) throws IOException {
    Edit edit = edit(request);
    String user = JsonBody.read(request, LARGEST_BODY).requireText("user");
    attendance.require(request, edit, PackageChange.OWNERS);
    return Answers.done(200, edit, sharing.addOwner(edit, user));
  }

  /// `DELETE -/package/{name}/owners/{user}`.
  public Response removeOwner(Request request) {
    Edit edit = edit(request);
    attendance.require(request, edit, PackageChange.OWNERS);
    return Answers.done(200, edit, sharing.removeOwner(edit, request.variable("user")));
  }

  /// `GET -/package/{name}/collaborators`: an object, or for the clients that say `format=cli` an
  /// array, perhaps of one `user` alone.
  public Response collaborators(Request request) {
    Caller caller = gate.reader(request);
    Holding holding = holding(caller, request);
    List<String> owners =
        holding == null ? List.of() : holding.owners().stream().map(Owner::account).toList();
    String user = request.query("user");
    String name = request.variable("name");
    Map<String, String> rights = new TreeMap<>();
    shown
        .teams()
        .members(caller.registry().id(), name)
        .forEach((member, permission) -> rights.put(member, permission.listed()));
    owners.forEach(owner -> rights.put(owner, "write"));
    rights.keySet().removeIf(one -> user != null && !one.equals(user));
    if ("cli".equals(request.query("format"))) {
      List<Map<String, String>> people = new ArrayList<>();
      rights.forEach((one, right) -> people.add(person(caller, one, right)));
      return Answers.fresh(people);
    }
    return Answers.fresh(rights);
  }

  /// `GET -/package/{name}/visibility`.
  public Response visibility(Request request) {
    return Answers.fresh(Map.of("public", isPublic(request)));
  }

  /// `GET -/package/{name}/access`.
  public Response access(Request request) {
    boolean isPublic = isPublic(request);
    return Answers.fresh(Map.of("access", isPublic ? "public" : "restricted", "public", isPublic));
  }

  /// `POST -/package/{name}/access`: `{access}`, which is stored and opens nothing.
  public Response setAccess(Request request) throws IOException {
    Edit edit = edit(request);
    String access = JsonBody.read(request, LARGEST_BODY).text("access");
    if (access == null) {
      throw new ProblemException(
          new Problem.Unsupported(
              "Only the access of a package can be set here, to public or restricted. A second"
                  + " factor is asked for by a registry as a whole: see its settings."));
    }
    attendance.require(request, edit, PackageChange.ACCESS);
    sharing.access(edit, access);
    return Answers.ok();
  }

  /// What is not published here is as public as where it comes from.
  private boolean isPublic(Request request) {
    Holding holding = holding(gate.reader(request), request);
    return holding == null
        || holding.versions().isEmpty()
        || holding.hosted().access().equals("public");
  }

  private @Nullable Holding holding(Caller caller, Request request) {
    PackageName name = PackageName.parse(request.variable("name"));
    Holding holding = shown.packages().find(caller.registry().id(), name.value());
    if (holding == null || holding.versions().isEmpty()) {
      shown.tags().list(caller.registry(), name.value());
    }
    return holding;
  }

  private Map<String, String> person(Caller caller, String name, String right) {
    Account account = shown.accounts().find(caller.registry().workspace().id(), name);
    String email = account == null ? "" : account.email();
    return Map.of("user", name, "username", name, "email", email, "permissions", right);
  }

  private Edit edit(Request request) {
    return Answers.edit(gate, request, Right.PUBLISH);
  }
}
