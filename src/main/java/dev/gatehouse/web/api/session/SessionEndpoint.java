package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.session.SessionPasswords;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.OwnPage;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// `session` and `sessions`: signing in to the web app, and out.
public record SessionEndpoint(Visitors visitors, Access access, Workspaces workspaces) {
  private static final long NOBODY = -1;

  /// What to give a client that asks for a name and a password: the only time that it is seen.
  record SessionPassword(String user, String password) {
    @Override
    public String toString() {
      return "SessionPassword[password=***]";
    }
  }

  /// A workspace that a browser is signed in to, and as whom.
  record HeldView(String workspace, String name, String role) {}

  /// All of them.
  record HeldViews(List<HeldView> items) {}

  /// `POST session`. An unknown workspace, an unknown name and a wrong password cost and say the
  /// same. A sign-in always draws a new secret. What the cookie that came with the request holds
  /// for that workspace ends, for others it stays.
  public Response open(Request request) throws IOException {
    OwnPage.require(request);
    JsonBody body = ApiBody.read(request, "name", "password", "workspace", "otp");
    Workspace workspace = workspaces.find(Addressed.workspace(request, body.text("workspace")));
    Account account =
        access
            .passwordCheck()
            .require(
                workspace == null ? NOBODY : workspace.id(),
                body.requireText("name"),
                body.requireText("password"),
                request.client());
    access.secondFactors().check(account, body.text("otp"));
    visitors.browser().endIn(request, account);
    String secret = access.sessions().open(account);
    Visitor visitor = entered(request, account, secret);
    return Answer.of(201, me(visitor))
        .with("set-cookie", visitors.browser().with(request, account, secret));
  }

  /// `DELETE session`: signs this browser out of the workspace.
  public Response end(Request request) {
    Visitor visitor = visitors.anyVisitor(request);
    String session = visitor.session();
    if (session != null) {
      access.sessions().end(visitor.account(), session);
    }
    return signedOut(request, visitor);
  }

  /// `DELETE sessions`: signs the account out of every browser.
  public Response endAll(Request request) {
    Visitor visitor = visitors.anyVisitor(request);
    visitor.requireSelfService();
    access.sessions().endAll(visitor.account());
    return signedOut(request, visitor);
  }

  private Response signedOut(Request request, Visitor visitor) {
    return Answer.done()
        .with("set-cookie", visitors.browser().without(request, visitor.workspace().id()));
  }

  /// `GET session/workspaces`: where this browser is signed in, by workspace.
  public Response held(Request request) {
    visitors.anyVisitor(request).requireSession();
    List<HeldView> all =
        visitors.browser().of(request).stream()
            .map(one ->
                new HeldView(
                    workspaces.get(one.account().workspaceId()).name(),
                    one.account().name(),
                    one.account().roleName()))
            .sorted(Comparator.comparing(HeldView::workspace))
            .toList();
    return Answer.of(200, new HeldViews(all));
  }

  /// `DELETE session/workspaces`: signs this browser out of every workspace.
  public Response endHeld(Request request) {
    visitors.anyVisitor(request).requireSession();
    return Answer.done().with("set-cookie", visitors.browser().end(request));
  }

  /// `POST session/password`: for clients that ask for a name and a password. It ends with the
  /// session; drawing one ends the one before it.
  public Response drawPassword(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    ApiBody.read(request);
    String session = visitor.requireSession();
    String password = access.sessionPasswords().draw(session);
    return Answer.of(201, new SessionPassword(SessionPasswords.USER, password));
  }

  /// `GET me`.
  public Response me(Request request) {
    return Answer.of(200, me(visitors.anyVisitor(request)));
  }

  Me me(Visitor visitor) {
    return Me.of(visitor, visitors.lacksFactor(visitor));
  }

  /// Who has just been signed in, and is by `secret` from now on.
  Visitor entered(Request request, Account account, String secret) {
    var visitor =
        new Visitor(access.identity(account), workspaces.get(account.workspaceId()), secret);
    request.log().actor(visitor.actor().label());
    return visitor;
  }
}
