package dev.gatehouse.web.api.workspace;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.invitation.OwnerLinks;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Founder;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// `workspaces`: the tenants of the server. Owners of the default workspace run the server and see
/// them all; for owners of another there is their own, which they may rename.
public record WorkspacesEndpoint(
    Visitors visitors, Workspaces workspaces, Founder founder, OwnerLinks links) {

  /// A workspace as it is edited.
  ///
  /// @param formerNames under which it goes on answering
  record View(String name, List<String> formerNames) {}

  /// A workspace in the list.
  record Row(
      String name,
      List<String> formerNames,
      String created,
      long registries,
      long users,
      boolean owned) {

    static Row of(Workspaces.Listed one) {
      return new Row(
          one.workspace().name(),
          one.formerNames(),
          Objects.requireNonNull(Answer.text(one.created())),
          one.registries(),
          one.users(),
          one.owned());
    }
  }

  /// What makes somebody its first owner: the only time that it is seen.
  record Link(String workspace, String link, String expires) {
    @Override
    public String toString() {
      return "Link[link=***]";
    }
  }

  /// `GET workspaces`, by name.
  public Response list(Request request) {
    requireRuns(visitors.visitor(request, Right.MANAGE_OWNERS));
    List<Row> all = workspaces.list().stream().map(Row::of).toList();
    return Answer.of(
        200, Page.of(all, Page.Wanted.of(request), Row::name, Comparator.naturalOrder()));
  }

  /// `POST workspaces`.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    requireRuns(visitor);
    JsonBody body = ApiBody.read(request, "name");
    Workspace made = founder.found(by(visitor), body.requireText("name"));
    return link(request, visitor, made);
  }

  /// `GET workspaces/{workspace}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    return Answer.tagged(request, view(named(visitor, request)));
  }

  /// `PATCH workspaces/{workspace}`.
  public Response rename(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    JsonBody body = ApiBody.read(request, "name");
    Workspace before = named(visitor, request);
    Answer.requireMatch(request, view(before));
    return Answer.tagged(
        request, view(founder.rename(by(visitor), before, body.requireText("name"))));
  }

  /// `POST workspaces/{workspace}/owner-link`.
  public Response redraw(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    var _ = ApiBody.read(request);
    Workspace workspace = named(visitor, request);
    requireRuns(visitor);
    return link(request, visitor, workspace);
  }

  private Response link(Request request, Visitor visitor, Workspace workspace) {
    var entry =
        new Trail.Entry(visitor.workspace().id(), "workspace.owner-link", workspace.name(), "");
    OwnerLinks.Made made = links.issue(visitor.actor(), workspace.id(), entry);
    return Answer.of(
        201,
        new Link(
            workspace.name(),
            request.baseUrl() + "/setup/" + made.secret(),
            Objects.requireNonNull(Answer.text(made.expires()))));
  }

  private static void requireRuns(Visitor visitor) {
    if (!visitor.runsServer()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Only owners of the workspace \"default\" look after the workspaces of this"
                  + " server."));
    }
  }

  /// The workspace in the path. To whoever does not run the server, all but their own are not
  /// there.
  private Workspace named(Visitor visitor, Request request) {
    String name = request.variable("workspace");
    Workspace found = workspaces.find(name);
    boolean own = found != null && found.id() == visitor.workspace().id();
    if (found == null || !(own || visitor.runsServer())) {
      throw new ProblemException(
          new Problem.NotFound("There is no workspace \"%s\".".formatted(name)));
    }
    return found;
  }

  private View view(Workspace workspace) {
    return new View(workspace.name(), workspaces.formerNames(workspace));
  }

  private static Founder.By by(Visitor visitor) {
    return new Founder.By(visitor.actor(), visitor.workspace().id());
  }
}
