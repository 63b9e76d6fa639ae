package dev.gatehouse.web.api.registry;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Approvers;
import dev.gatehouse.web.api.Visitor;
import java.util.List;

/// A registry as the API shows it.
///
/// @param url where clients find it, with the slash at its end
/// @param upstreams the names of its upstreams, the first one first
/// @param mayPublish whether the one who asks may publish there
/// @param approver the least role of those who decide on exceptions
/// @param mayManage whether the one who asks may change it
/// @param mayDecide whether the one who asks decides on exceptions
record RegistryView(
    String name,
    String kind,
    String url,
    boolean anonymousRead,
    boolean overwriting,
    boolean ownersOnly,
    boolean archived,
    List<String> scopes,
    boolean secondFactor,
    String approver,
    List<String> upstreams,
    boolean mayPublish,
    boolean mayManage,
    boolean mayDecide) {

  static RegistryView of(Request request, Visitor visitor, Registry registry) {
    Registry.Settings settings = registry.settings();
    return new RegistryView(
        registry.name(),
        ApiBody.word(settings.kind()),
        Addressed.of(request, registry) + "/",
        settings.anonymousRead(),
        settings.overwriting(),
        settings.ownersOnly(),
        settings.archived(),
        settings.scopes(),
        settings.secondFactor(),
        ApiBody.word(settings.approver()),
        registry.upstreams().stream().map(Upstream::name).toList(),
        visitor.may(registry, Right.PUBLISH),
        visitor.may(registry, Right.MANAGE_REGISTRIES),
        Approvers.mayDecide(visitor, registry));
  }
}
