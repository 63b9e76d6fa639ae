package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.PasswordLinks;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.OwnPage;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;

/// A new password for who has forgotten theirs: by mail (`forgotten`), or by a link that an admin
/// makes (`users/{user}/password-link`); and `password-links/{secret}`, where both lead.
public record PasswordLinksEndpoint(
    Visitors visitors, Access access, Workspaces workspaces, ForgottenPasswords forgotten) {

  /// A link that was just made: the only time that it is seen.
  record MadeLink(String link, String expires) {
    @Override
    public String toString() {
      return "MadeLink[link=***, expires=" + expires + "]";
    }
  }

  /// Whose password it is.
  record LinkView(String name, String workspace) {}

  /// `POST forgotten`: for everybody, and it says nothing of who is here.
  public Response forgotten(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "name", "workspace");
    forgotten.ask(
        Addressed.workspace(request, body.text("workspace")),
        body.requireText("name").strip(),
        request.client());
    return Answer.done();
  }

  /// `POST users/{user}/password-link`.
  public Response make(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    ApiBody.read(request);
    Account account = access.accounts().require(visitor.workspace().id(), request.variable("user"));
    PasswordLinks.Made made = access.passwordLinks().make(visitor.actor(), account);
    return Answer.of(
        201, new MadeLink(request.baseUrl() + LinkTexts.path(made), made.expires().toString()));
  }

  /// `GET password-links/{secret}`.
  public Response show(Request request) {
    Account account = access.passwordLinks().require(request.variable("secret"));
    return Answer.of(
        200, new LinkView(account.name(), workspaces.get(account.workspaceId()).name()));
  }

  /// `POST password-links/{secret}`: sets the new password. Whoever was signed in to the account is
  /// signed out.
  public Response use(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "password");
    Account account =
        access.passwordLinks().use(request.variable("secret"), body.requireText("password"));
    request.log().actor("user:" + account.name());
    return Answer.done()
        .with("set-cookie", visitors.browser().without(request, account.workspaceId()));
  }
}
