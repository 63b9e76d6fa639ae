package dev.gatehouse.web.api.team;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.team.CustomRoles;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// `roles`: those that are built in, and those that owners have made.
public record RolesEndpoint(Visitors visitors, Access access) {

  /// A role as the API shows it.
  record RoleView(String name, String description, boolean builtIn, List<String> rights) {

    static RoleView of(CustomRole role) {
      return new RoleView(role.name(), role.description(), false, words(role.rights()));
    }

    static RoleView of(Role role) {
      return new RoleView(role.label(), "", true, words(role.rights()));
    }

    private static List<String> words(Collection<Right> rights) {
      return rights.stream().sorted().map(ApiBody::word).toList();
    }
  }

  /// All roles; there are few.
  record RoleList(List<RoleView> items) {}

  /// `GET roles`: the built-in ones first, the highest of them before all.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    List<RoleView> all = new ArrayList<>();
    for (Role role : Role.values()) {
      all.add(RoleView.of(role));
    }
    roles().list(visitor.workspace().id()).forEach(role -> all.add(RoleView.of(role)));
    return Answer.of(200, new RoleList(List.copyOf(all)));
  }

  /// `POST roles`.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    JsonBody body = ApiBody.read(request, "name", "description", "rights");
    CustomRole made =
        roles()
            .create(
                visitor.actor(),
                visitor.workspace().id(),
                new CustomRoles.Wanted(
                    body.requireText("name"),
                    Objects.requireNonNullElse(body.text("description"), ""),
                    rights(body)));
    return Answer.of(201, RoleView.of(made));
  }

  /// `GET roles/{role}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    for (Role role : Role.values()) {
      if (role.label().equals(request.variable("role"))) {
        return Answer.tagged(request, RoleView.of(role));
      }
    }
    return Answer.tagged(request, RoleView.of(custom(visitor, request)));
  }

  /// `PATCH roles/{role}`: what is not named stays.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    JsonBody body = ApiBody.read(request, "name", "description", "rights");
    CustomRole before = custom(visitor, request);
    Answer.requireMatch(request, RoleView.of(before));
    CustomRole now =
        roles()
            .change(
                visitor.actor(),
                visitor.workspace().id(),
                before,
                new CustomRoles.Wanted(
                    Objects.requireNonNullElse(body.text("name"), before.name()),
                    Objects.requireNonNullElse(body.text("description"), before.description()),
                    body.has("rights") ? rights(body) : before.rights()));
    return Answer.tagged(request, RoleView.of(now));
  }

  /// `DELETE roles/{role}`.
  public Response delete(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_OWNERS);
    CustomRole role = custom(visitor, request);
    Answer.requireMatch(request, RoleView.of(role));
    roles().delete(visitor.actor(), visitor.workspace().id(), role);
    return Answer.done();
  }

  private static Set<Right> rights(JsonBody body) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : body.texts("rights")) {
      rights.add(ApiBody.choice(Right.class, "rights", word));
    }
    return rights;
  }

  private CustomRoles roles() {
    return access.rights().roles();
  }

  private CustomRole custom(Visitor visitor, Request request) {
    String name = request.variable("role");
    for (Role role : Role.values()) {
      if (role.label().equals(name)) {
        throw ApiBody.malformed("\"%s\" is built in, and stays as it is.".formatted(name));
      }
    }
    CustomRole found = roles().find(visitor.workspace().id(), name);
    if (found == null) {
      throw CustomRoles.missing(name);
    }
    return found;
  }
}
