package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `workspace/settings`: how people come in; and `sign-in`: what of it those need to know who are
/// not in yet.
public record WorkspaceSettingsEndpoint(
    Visitors visitors, Access access, Workspaces workspaces, LinkMails mails) {

  /// The settings.
  ///
  /// @param joining whether strangers may ask to join
  /// @param secondFactor whether everybody needs a second factor
  /// @param mail whether this server sends mail with links, which is not set here
  record SettingsView(boolean joining, boolean secondFactor, boolean mail) {}

  /// What those need to know who are not in yet.
  ///
  /// @param workspace whose own address that is, whether there is such a workspace or not: there,
  ///   nobody need name one; null if it is no workspace's
  record SignInView(
      boolean joining, boolean secondFactor, boolean mail, @Nullable String workspace) {}

  /// `GET workspace/settings`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    return Answer.tagged(request, view(visitor.workspace().id()));
  }

  /// `PATCH workspace/settings`.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    long workspace = visitor.workspace().id();
    Answer.requireMatch(request, view(workspace));
    JsonBody body = ApiBody.read(request, "joining", "secondFactor");
    if (body.has("secondFactor")) {
      visitor.require(Right.MANAGE_OWNERS);
      access.secondFactors().setRequired(visitor.actor(), workspace, body.flag("secondFactor"));
    }
    if (body.has("joining")) {
      access.joinRequests().allow(visitor.actor(), workspace, body.flag("joining"));
    }
    return Answer.tagged(request, view(workspace));
  }

  /// `GET sign-in`: for everybody. A workspace that there is not takes no requests either.
  public Response signIn(Request request) {
    Workspace workspace = workspaces.find(Addressed.workspace(request, request.query("workspace")));
    SettingsView seen =
        workspace == null
            ? new SettingsView(false, false, mails.arePossible())
            : view(workspace.id());
    return Answer.of(
        200,
        new SignInView(seen.joining(), seen.secondFactor(), seen.mail(), request.hostWorkspace()));
  }

  private SettingsView view(long workspaceId) {
    return new SettingsView(
        access.joinRequests().areAllowed(workspaceId),
        access.secondFactors().areRequired(workspaceId),
        mails.arePossible());
  }
}
