package dev.gatehouse.web.api.team;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Grants.Audience;
import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.team.RegistryRights;
import dev.gatehouse.access.team.RegistryRights.Given;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Approvers;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/rights`: who may do what there besides what their role allows.
public record RegistryRightsEndpoint(Visitors visitors, Access access) {

  /// What holds, as the API shows it.
  ///
  /// @param people permissions by the names of users
  /// @param teams permissions by the names of teams
  record RightsView(
      String audience, Map<String, List<String>> people, Map<String, List<String>> teams) {

    static RightsView of(Given given) {
      return new RightsView(
          ApiBody.word(given.audience()), words(given.people()), words(given.teams()));
    }

    private static Map<String, List<String>> words(SortedMap<String, Set<Permission>> given) {
      Map<String, List<String>> words = new TreeMap<>();
      given.forEach(
          (name, these) -> words.put(name, these.stream().sorted().map(Permission::word).toList()));
      return words;
    }
  }

  /// `GET registries/{registry}/rights`.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    return Answer.tagged(request, RightsView.of(rights().show(registry.id())));
  }

  /// `PUT registries/{registry}/rights`: all of it.
  public Response set(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    Registry registry = at.registry();
    JsonBody body = ApiBody.read(request, "audience", "people", "teams");
    Given before = rights().show(registry.id());
    Answer.requireMatch(request, RightsView.of(before));
    var wanted =
        new Given(
            ApiBody.choice(Audience.class, "audience", body.requireText("audience")),
            permissions(body.object("people")),
            permissions(body.object("teams")));
    var here =
        new RegistryRights.Here(
            registry.workspace().id(),
            registry.id(),
            registry.name(),
            Approvers.mayDecide(at.visitor(), registry));
    Given now = rights().set(at.visitor().actor(), here, before, wanted);
    return Answer.tagged(request, RightsView.of(now));
  }

  private static SortedMap<String, Set<Permission>> permissions(@Nullable JsonBody given) {
    SortedMap<String, Set<Permission>> all = new TreeMap<>();
    if (given != null) {
      for (String name : given.names()) {
        Set<Permission> these = EnumSet.noneOf(Permission.class);
        for (String word : given.texts(name)) {
          these.add(ApiBody.choice(Permission.class, "people and teams", word));
        }
        if (!these.isEmpty()) {
          all.put(name, these);
        }
      }
    }
    return all;
  }

  private RegistryRights rights() {
    return access.rights().registries();
  }
}
