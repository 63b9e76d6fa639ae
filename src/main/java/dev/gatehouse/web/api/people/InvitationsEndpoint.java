package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.invitation.Invitation;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.mail.LinkMails;
import dev.gatehouse.registries.Workspaces;
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
import org.jspecify.annotations.Nullable;

/// `invitations`: asking people to join; and `invited/{secret}`: what the link in an invitation
/// shows to whoever has it, who has no account yet.
public record InvitationsEndpoint(
    Visitors visitors, Access access, Workspaces workspaces, LinkMails mails) {

  /// An invitation as lists show it.
  ///
  /// @param email where it was sent; empty if its link was handed over
  /// @param by who invited
  record InvitationView(
      long id, String role, String email, String by, String created, String expires) {

    static InvitationView of(Invitation invitation) {
      return new InvitationView(
          invitation.id(),
          invitation.role().label(),
          invitation.email(),
          invitation.inviter().name(),
          invitation.created().toString(),
          invitation.expires().toString());
    }

    String key() {
      return "%019d".formatted(id);
    }
  }

  /// An invitation that was just made.
  ///
  /// @param link to be handed over, this once; null if it was sent by mail
  record MadeInvitation(InvitationView invitation, @Nullable String link) {
    @Override
    public String toString() {
      return "MadeInvitation[invitation=" + invitation + ", link=***]";
    }
  }

  /// What somebody is invited to.
  record InvitedView(String workspace, String role, String email, String by, String expires) {}

  /// Somebody who has joined.
  record Joined(String name, String workspace) {}

  /// `GET invitations`: those that nobody has used yet, the newest first.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    List<InvitationView> waiting =
        access.invitations().list(visitor.workspace().id()).stream()
            .map(InvitationView::of)
            .toList();
    return Answer.of(
        200,
        Page.of(waiting, Page.Wanted.of(request), InvitationView::key, Comparator.reverseOrder()));
  }

  /// `POST invitations`: by mail if there is an `email`, else by a link to be handed over.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "role", "email");
    Role.Given role = access.accounts().role(visitor.workspace().id(), body.requireText("role"));
    String email = Objects.requireNonNullElse(body.text("email"), "").strip();
    boolean mailed = !email.isEmpty();
    if (mailed) {
      mails.requirePossible();
    }
    Invitations.Made made =
        access
            .invitations()
            .invite(
                visitor.actor(),
                visitor.workspace().id(),
                new Invitations.Wanted(role, email),
                (handle, one) -> {
                  if (mailed) {
                    mails.post(handle, LinkTexts.invitation(visitor, one));
                  }
                });
    return Answer.of(201, made(request, made, mailed));
  }

  /// `DELETE invitations/{invitation}`.
  public Response revoke(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    access
        .invitations()
        .revoke(
            visitor.actor(), visitor.workspace().id(), Numbers.of(request.variable("invitation")));
    return Answer.done();
  }

  /// `GET invited/{secret}`.
  public Response show(Request request) {
    Invitation invitation = access.invitations().require(request.variable("secret"));
    return Answer.of(
        200,
        new InvitedView(
            workspaces.get(invitation.workspaceId()).name(),
            invitation.role().label(),
            invitation.email(),
            invitation.inviter().name(),
            invitation.expires().toString()));
  }

  /// `POST invited/{secret}`: chooses a name and a password, and is in.
  public Response accept(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "name", "password", "email");
    Account made =
        access
            .invitations()
            .accept(
                request.variable("secret"),
                body.requireText("name"),
                body.requireText("password"),
                Objects.requireNonNullElse(body.text("email"), "").strip());
    request.log().actor("user:" + made.name());
    return Answer.of(201, new Joined(made.name(), workspaces.get(made.workspaceId()).name()));
  }

  static MadeInvitation made(Request request, Invitations.Made made, boolean mailed) {
    return new MadeInvitation(
        InvitationView.of(made.invitation()),
        mailed ? null : request.baseUrl() + LinkTexts.path(made));
  }
}
