package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Objects;

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
    String named = Objects.requireNonNullElse(request.query("workspace"), Workspace.DEFAULT);
    Workspace workspace = workspaces.find(named);
    return Answer.of(
        200,
        workspace == null
            ? new SettingsView(false, false, mails.arePossible())
            : view(workspace.id()));
  }

  private SettingsView view(long workspaceId) {
    return new SettingsView(
        access.joinRequests().areAllowed(workspaceId),
        access.secondFactors().areRequired(workspaceId),
        mails.arePossible());
  }
}
