package dev.gatehouse.web.api.registry;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Cloner;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Approvers;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `registries` and `registries/{registry}`.
public record RegistriesEndpoint(
    Visitors visitors, Registries registries, Upstreams upstreams, Cloner cloner) {

  /// `GET registries`: those that the one who asks may read. Archived ones are left out unless
  /// `archived=true`.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request);
    Page.Wanted wanted = Page.Wanted.of(request);
    boolean descending = descending(request.query("sort"));
    Comparator<String> byName = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<RegistryView> found =
        registries.directory().all().stream()
            .filter(one -> one.workspace().id() == visitor.workspace().id())
            .filter(one -> visitor.may(one, Right.READ))
            .filter(one -> isWanted(request, one))
            .map(one -> RegistryView.of(request, visitor, one))
            .sorted(Comparator.comparing(RegistryView::name, byName))
            .toList();
    return Answer.of(200, Page.of(found, wanted, RegistryView::name, byName));
  }

  /// `POST registries`.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "name", "kind", "upstreams", "clone");
    String source = body.text("clone");
    if (source != null) {
      return clone(request, visitor, body, source);
    }
    String kind = body.text("kind");
    List<Upstreams.Target> targets = new ArrayList<>();
    for (String text : body.texts("upstreams")) {
      targets.add(NewUpstream.target(visitors, visitor, text, null));
    }
    Registry made =
        registries.create(
            visitor.actor(),
            visitor.workspace(),
            body.requireText("name"),
            Registry.Settings.of(
                kind == null
                    ? Registry.Kind.STANDARD
                    : ApiBody.choice(Registry.Kind.class, "kind", kind)));
    for (Upstreams.Target target : targets) {
      Registry now = registries.require(visitor.workspace().name(), made.name());
      upstreams.add(
          visitor.actor(), now, Upstreams.nameFor(now, target), target, Upstreams.Options.NONE);
    }
    Registry done = registries.require(visitor.workspace().name(), made.name());
    return Answer.of(201, RegistryView.of(request, visitor, done));
  }

  private Response clone(Request request, Visitor visitor, JsonBody body, String source) {
    if (body.has("kind") || body.has("upstreams")) {
      throw ApiBody.malformed("A clone has the kind and the upstreams of what it is cloned from.");
    }
    Registry made =
        cloner.clone(
            visitor.actor(),
            registries.require(visitor.workspace().name(), source),
            body.requireText("name"));
    return Answer.of(201, RegistryView.of(request, visitor, made));
  }

  /// `GET registries/{registry}`.
  public Response show(Request request) {
    Visitors.At at = visitors.at(request, Right.READ);
    return Answer.tagged(request, RegistryView.of(request, at.visitor(), at.registry()));
  }

  /// `PATCH registries/{registry}`: what is not named stays.
  public Response change(Request request) throws IOException {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    Registry before = at.registry();
    Answer.requireMatch(request, RegistryView.of(request, at.visitor(), before));
    JsonBody body =
        ApiBody.read(
            request,
            "name",
            "kind",
            "anonymousRead",
            "overwriting",
            "ownersOnly",
            "archived",
            "scopes",
            "secondFactor",
            "approver");
    Registry.Settings wanted = settings(body, before.settings());
    if (before.settings().secondFactor() && !wanted.secondFactor()) {
      // Else a stolen token would switch off what is there to stop it.
      at.visitor().requireSession();
    }
    if (before.settings().approver() == Registry.Approver.OWNER
        && wanted.approver() != Registry.Approver.OWNER) {
      // Else whoever is not to decide would make themselves those who do.
      at.visitor().require(Right.MANAGE_OWNERS);
    }
    if (wanted.approver() != before.settings().approver()) {
      Approvers.require(at.visitor(), before);
    }
    Registry now =
        wanted.equals(before.settings())
            ? before
            : registries.replace(at.visitor().actor(), before, wanted);
    String name = body.text("name");
    if (name != null && !name.equals(before.name())) {
      now = registries.rename(at.visitor().actor(), now, name);
    }
    return Answer.tagged(request, RegistryView.of(request, at.visitor(), now));
  }

  /// `DELETE registries/{registry}?confirm={its name}`.
  public Response delete(Request request) {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    at.visitor().require(Right.MANAGE_REGISTRIES);
    if (!at.registry().name().equals(request.query("confirm"))) {
      throw ApiBody.malformed(
          "Deleting a registry takes all that was published in it along: confirm by"
              + " ?confirm= and its name.");
    }
    registries.delete(at.visitor().actor(), at.registry());
    return Answer.done();
  }

  private static boolean isWanted(Request request, Registry registry) {
    String search = request.query("search");
    boolean archived = "true".equals(request.query("archived"));
    return (archived || !registry.settings().archived())
        && (search == null || registry.name().contains(search.toLowerCase(Locale.ROOT).strip()));
  }

  private static boolean descending(@Nullable String sort) {
    return switch (sort) {
      case null -> false;
      case "name" -> false;
      case "-name" -> true;
      default -> throw ApiBody.malformed("\"sort\" is name or -name.");
    };
  }

  private static Registry.Settings settings(JsonBody body, Registry.Settings before) {
    String kind = body.text("kind");
    String approver = body.text("approver");
    return new Registry.Settings(
        kind == null ? before.kind() : ApiBody.choice(Registry.Kind.class, "kind", kind),
        flag(body, "anonymousRead", before.anonymousRead()),
        flag(body, "overwriting", before.overwriting()),
        flag(body, "ownersOnly", before.ownersOnly()),
        flag(body, "archived", before.archived()),
        body.has("scopes")
            ? body.texts("scopes").stream().sorted().distinct().toList()
            : before.scopes(),
        flag(body, "secondFactor", before.secondFactor()),
        approver == null
            ? before.approver()
            : ApiBody.choice(Registry.Approver.class, "approver", approver));
  }

  private static boolean flag(JsonBody body, String name, boolean before) {
    return body.has(name) ? body.flag(name) : before;
  }
}
