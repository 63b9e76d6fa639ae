package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.packages.team.PackageTeams.Permission;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.TeamSharing;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/packages/{name}/teams` and `registries/{registry}/scopes`: which teams
/// own a package, and whole scopes.
public record PackageTeamsEndpoint(Changing changing, PackageTeams teams, TeamSharing sharing) {

  /// The teams of a package.
  ///
  /// @param teams what they may do with it, by team
  /// @param scope the scope that it is in, as `@acme/*`; null if it is in none
  /// @param scopeTeams what teams may do with that, by team
  record TeamsView(
      Map<String, String> teams, @Nullable String scope, Map<String, String> scopeTeams) {}

  /// The teams of scopes, by scope as `@acme/*`, by team.
  record ScopesView(Map<String, Map<String, String>> scopes) {}

  /// `GET registries/{registry}/packages/{name}/teams`.
  public Response show(Request request) {
    Registry registry = changing.at(request, Right.READ).registry();
    PackageName name = PackageName.parse(request.variable("name"));
    return Answer.tagged(request, view(registry, name, teams.of(registry.id(), name.value())));
  }

  /// `PUT registries/{registry}/packages/{name}/teams`: all of them.
  public Response set(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    Map<String, Permission> wanted = permissions(ApiBody.read(request, "teams").object("teams"));
    Edit edit = Changing.edit(at, request);
    SortedMap<String, Permission> before = teams.of(at.registry().id(), edit.name().value());
    Answer.requireMatch(request, view(at.registry(), edit.name(), before));
    changing.attend(request, edit);
    sharing.set(edit, before, wanted);
    return Answer.tagged(
        request,
        view(at.registry(), edit.name(), teams.of(at.registry().id(), edit.name().value())));
  }

  /// `GET registries/{registry}/scopes`.
  public Response scopes(Request request) {
    Registry registry = changing.visitors().at(request, Right.READ).registry();
    return Answer.tagged(request, view(teams.scopes(registry.id())));
  }

  /// `PUT registries/{registry}/scopes`: all of them.
  public Response setScopes(Request request) throws IOException {
    Visitors.At at = changing.visitors().at(request, Right.MANAGE_REGISTRIES);
    JsonBody given = ApiBody.read(request, "scopes").object("scopes");
    Map<String, Map<String, Permission>> wanted = new TreeMap<>();
    if (given != null) {
      for (String scope : given.names()) {
        requireScope(scope);
        wanted.put(scope, permissions(given.object(scope)));
      }
    }
    var before = teams.scopes(at.registry().id());
    Answer.requireMatch(request, view(before));
    var edit = new Edit(at.visitor().identity(), at.registry(), new PackageName("@scopes/all"));
    sharing.setScopes(edit, before, wanted);
    return Answer.tagged(request, view(teams.scopes(at.registry().id())));
  }

  private TeamsView view(Registry registry, PackageName name, SortedMap<String, Permission> own) {
    String scope = PackageTeams.scopeOf(name.value());
    return new TeamsView(
        words(own), scope, scope == null ? Map.of() : words(teams.of(registry.id(), scope)));
  }

  private static ScopesView view(SortedMap<String, SortedMap<String, Permission>> scopes) {
    Map<String, Map<String, String>> shown = new TreeMap<>();
    scopes.forEach((scope, teams) -> shown.put(scope, words(teams)));
    return new ScopesView(shown);
  }

  private static Map<String, String> words(Map<String, Permission> teams) {
    Map<String, String> words = new TreeMap<>();
    teams.forEach((team, permission) -> words.put(team, permission.word()));
    return words;
  }

  private static Map<String, Permission> permissions(@Nullable JsonBody given) {
    Map<String, Permission> teams = new TreeMap<>();
    if (given != null) {
      for (String team : given.names()) {
        teams.put(
            team, ApiBody.choice(Permission.class, "The permission", given.requireText(team)));
      }
    }
    return teams;
  }

  private static void requireScope(String scope) {
    if (!PackageName.isValid(scope) || !PackageTeams.isScope(new PackageName(scope))) {
      throw ApiBody.malformed("A scope is written as @acme/*.");
    }
  }
}
