package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.access.invitation.JoinRequest;
import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Numbers;
import dev.gatehouse.web.api.OwnPage;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// `join-requests`: strangers ask to join, and admins answer.
///
/// @param allowance how often an address may ask
public record JoinRequestsEndpoint(
    Visitors visitors, Access access, Workspaces workspaces, LinkMails mails, Allowance allowance) {

  /// Somebody who asks. All of it is what they say.
  record JoinRequestView(long id, String email, String message, String address, String created) {

    static JoinRequestView of(JoinRequest request) {
      return new JoinRequestView(
          request.id(),
          request.email(),
          request.message(),
          request.address(),
          request.created().toString());
    }

    String key() {
      return "%019d".formatted(id);
    }
  }

  /// `POST join-requests`: for everybody, where the workspace takes requests.
  public Response ask(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "workspace", "email", "message");
    String email = body.requireText("email").strip();
    allowance.take(
        request.client(), "You have asked often enough: wait for an answer, or try again later.");
    Workspace workspace = workspaces.find(Addressed.workspace(request, body.text("workspace")));
    access
        .joinRequests()
        .ask(
            workspace == null ? null : workspace.id(),
            email,
            Objects.requireNonNullElse(body.text("message"), "").strip(),
            request.client());
    return Answer.done();
  }

  /// `GET join-requests`: who waits for an answer, the oldest first.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    List<JoinRequestView> waiting =
        access.joinRequests().list(visitor.workspace().id()).stream()
            .map(JoinRequestView::of)
            .toList();
    return Answer.of(
        200,
        Page.of(waiting, Page.Wanted.of(request), JoinRequestView::key, Comparator.naturalOrder()));
  }

  /// `POST join-requests/{request}`: invites them, by mail where this server sends any, else by a
  /// link to be handed over.
  public Response approve(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "role");
    boolean mailed = mails.arePossible();
    Invitations.Made made =
        access
            .joinRequests()
            .approve(
                visitor.actor(),
                visitor.workspace().id(),
                Numbers.of(request.variable("request")),
                access.accounts().role(visitor.workspace().id(), body.requireText("role")),
                (handle, one) -> {
                  if (mailed) {
                    mails.post(handle, LinkTexts.invitation(visitor, one));
                  }
                });
    return Answer.of(201, InvitationsEndpoint.made(request, made, mailed));
  }

  /// `DELETE join-requests/{request}`: refuses them, which nobody tells them.
  public Response refuse(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    access
        .joinRequests()
        .refuse(visitor.actor(), visitor.workspace().id(), Numbers.of(request.variable("request")));
    return Answer.done();
  }
}
