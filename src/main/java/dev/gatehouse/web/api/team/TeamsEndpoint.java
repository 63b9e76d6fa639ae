package dev.gatehouse.web.api.team;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.team.Team;
import dev.gatehouse.access.team.Teams;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
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

/// `teams`: people who are given rights together.
public record TeamsEndpoint(Visitors visitors, Access access) {

  /// A team as the API shows it.
  record TeamView(String name, String description, List<String> members) {

    static TeamView of(Team team) {
      return new TeamView(team.name(), team.description(), team.members());
    }
  }

  /// `GET teams`, by name.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    List<TeamView> all = teams().list(visitor.workspace().id()).stream().map(TeamView::of).toList();
    return Answer.of(
        200, Page.of(all, Page.Wanted.of(request), TeamView::name, Comparator.naturalOrder()));
  }

  /// `POST teams`.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "name", "description");
    Team made =
        teams()
            .create(
                visitor.actor(),
                visitor.workspace().id(),
                body.requireText("name"),
                Objects.requireNonNullElse(body.text("description"), ""));
    return Answer.of(201, TeamView.of(made));
  }

  /// `GET teams/{team}`.
  public Response show(Request request) {
    return Answer.tagged(
        request, TeamView.of(named(visitors.visitor(request, Right.READ), request)));
  }

  /// `PATCH teams/{team}`: what is not named stays.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    JsonBody body = ApiBody.read(request, "name", "description");
    Team before = named(visitor, request);
    Answer.requireMatch(request, TeamView.of(before));
    Team now =
        teams()
            .change(
                visitor.actor(),
                before,
                Objects.requireNonNullElse(body.text("name"), before.name()),
                Objects.requireNonNullElse(body.text("description"), before.description()));
    return Answer.tagged(request, TeamView.of(now));
  }

  /// `DELETE teams/{team}`.
  public Response delete(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    Team team = named(visitor, request);
    Answer.requireMatch(request, TeamView.of(team));
    teams().delete(visitor.actor(), team);
    return Answer.done();
  }

  /// `PUT teams/{team}/members/{user}`.
  public Response add(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    var _ = ApiBody.read(request);
    Team team = named(visitor, request);
    Team now = teams().add(visitor.actor(), team, member(visitor, request));
    return Answer.tagged(request, TeamView.of(now));
  }

  /// `DELETE teams/{team}/members/{user}`.
  public Response remove(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    Team team = named(visitor, request);
    Team now = teams().remove(visitor.actor(), team, member(visitor, request));
    return Answer.tagged(request, TeamView.of(now));
  }

  private Teams teams() {
    return access.rights().teams();
  }

  private Team named(Visitor visitor, Request request) {
    return teams().require(visitor.workspace().id(), request.variable("team"));
  }

  private Account member(Visitor visitor, Request request) {
    return access.accounts().require(visitor.workspace().id(), request.variable("user"));
  }
}
