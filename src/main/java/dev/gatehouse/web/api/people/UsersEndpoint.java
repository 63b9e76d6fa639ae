package dev.gatehouse.web.api.people;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.session.Proof;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `users`, `me/password` and `me/email`: the people of the workspace.
public record UsersEndpoint(Visitors visitors, Access access) {

  /// An account as the API shows it.
  record UserView(
      String name,
      String email,
      String role,
      boolean active,
      boolean secondFactor,
      List<String> teams,
      @Nullable String created,
      @Nullable String updated) {

    static UserView of(Account account, Set<Long> withFactor, Map<String, List<String>> teams) {
      return new UserView(
          account.name(),
          account.email(),
          account.roleName(),
          account.active(),
          withFactor.contains(account.id()),
          teams.getOrDefault(account.name(), List.of()),
          Answer.text(account.created()),
          Answer.text(account.updated()));
    }
  }

  /// `GET users`, by name.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    String search = request.query("search");
    String wanted = search == null ? "" : search.strip().toLowerCase(Locale.ROOT);
    Set<Long> withFactor = access.secondFactors().of(visitor.workspace().id());
    Map<String, List<String>> teams = access.rights().teams().byMember(visitor.workspace().id());
    List<UserView> users =
        access.accounts().list(visitor.workspace().id()).stream()
            .map(one -> UserView.of(one, withFactor, teams))
            .filter(one -> one.name().contains(wanted) || one.email().contains(wanted))
            .sorted(Comparator.comparing(UserView::name))
            .toList();
    return Answer.of(
        200, Page.of(users, Page.Wanted.of(request), UserView::name, Comparator.naturalOrder()));
  }

  /// `POST users`.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "name", "role", "email", "password");
    var wanted =
        new NewAccount(
            body.requireText("name"),
            access.accounts().role(visitor.workspace().id(), body.requireText("role")),
            body.text("password"),
            Objects.requireNonNullElse(body.text("email"), ""));
    Account made = access.accounts().create(visitor.actor(), visitor.workspace().id(), wanted);
    return Answer.of(201, view(made));
  }

  /// `GET users/{user}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    return Answer.tagged(request, view(named(visitor, request)));
  }

  /// `PATCH users/{user}`: role, active, and a new password for whoever has forgotten it.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    Account account = named(visitor, request);
    Answer.requireMatch(request, view(account));
    JsonBody body = ApiBody.read(request, "role", "active", "password");
    String role = body.text("role");
    String password = body.text("password");
    if (password != null && account.id() == visitor.account().id()) {
      throw new ProblemException(
          new Problem.Forbidden("Your own password is changed with the old one: PUT me/password."));
    }
    if (role != null && !role.equals(account.roleName())) {
      account = changeRole(visitor, account, role);
    }
    if (body.has("active") && body.flag("active") != account.active()) {
      account =
          body.flag("active")
              ? access.accounts().activate(visitor.actor(), account)
              : access.accounts().deactivate(visitor.actor(), account);
    }
    if (password != null) {
      account = access.accounts().changePassword(visitor.actor(), account, password);
    }
    return Answer.tagged(request, view(account));
  }

  /// `PUT me/password`: changes one's own, by the old one. Every browser is signed out but the one
  /// that asks.
  public Response changeOwnPassword(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    visitor.requireSelfService();
    JsonBody body = ApiBody.read(request, "current", "password");
    Account account = visitor.account();
    new Proof(access).requirePassword(request, account, body, "current");
    access.accounts().changePassword(visitor.actor(), account, body.requireText("password"));
    return visitor.session() == null
        ? Answer.done()
        : Answer.done()
            .with(
                "set-cookie",
                visitors.browser().with(request, account, access.sessions().open(account)));
  }

  /// `PUT me/email`: changes one's own address, by the password: a link to a new one may be sent
  /// there. Whoever has just come by the provider needs none. Empty takes it away.
  public Response changeOwnEmail(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request);
    visitor.requireSelfService();
    JsonBody body = ApiBody.read(request, "current", "email");
    String email = body.requireText("email").strip();
    new Proof(access).require(request, visitor, body, "current");
    access.accounts().changeProfile(visitor.actor(), visitor.account(), email, Map.of());
    return Answer.done();
  }

  private Account changeRole(Visitor visitor, Account account, String name) {
    Role.Given role = access.accounts().role(visitor.workspace().id(), name);
    return access.accounts().changeRole(visitor.actor(), account, role);
  }

  private UserView view(Account account) {
    long workspace = account.workspaceId();
    return UserView.of(
        account, access.secondFactors().of(workspace), access.rights().teams().byMember(workspace));
  }

  private Account named(Visitor visitor, Request request) {
    return access.accounts().require(visitor.workspace().id(), request.variable("user"));
  }
}
