package dev.gatehouse.web.api.registry;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/upstreams`: an ordered list, which is edited as a whole: each change
/// gives all of it, with an entity tag.
public record UpstreamsEndpoint(Visitors visitors, Registries registries, Upstreams upstreams) {

  /// An upstream as the API shows it.
  ///
  /// @param kind `public`, `here` or `external`
  /// @param target the URL, or `registry:NAME`; null if the public registry is not known
  /// @param credential whether it is asked with one; it is never shown
  record UpstreamView(
      String name,
      String kind,
      @Nullable String target,
      boolean credential,
      boolean internal,
      boolean pushes,
      String forward) {}

  record UpstreamList(List<UpstreamView> items) {}

  /// A registry and what it draws from.
  record Chain(String registry, boolean archived, List<UpstreamView> upstreams) {}

  record ChainList(List<Chain> items) {}

  /// `GET upstreams`: how the registries that the one who asks may read chain to each other, by
  /// name.
  public Response all(Request request) {
    Sight sight = visitors.sight(visitors.visitor(request));
    List<Chain> chains =
        sight.registries().stream()
            .map(one -> new Chain(one.name(), one.settings().archived(), shown(one).items()))
            .toList();
    return Answer.of(200, new ChainList(chains));
  }

  /// `GET registries/{registry}/upstreams`, the first one first.
  public Response list(Request request) {
    return Answer.tagged(request, shown(visitors.at(request, Right.READ).registry()));
  }

  /// `POST registries/{registry}/upstreams`: adds one behind the others.
  public Response add(Request request) throws IOException {
    Visitors.At at = changed(request);
    JsonBody body = ApiBody.read(request, NewUpstream.MEMBERS);
    NewUpstream wanted = NewUpstream.of(visitors, at.visitor(), body);
    String name = wanted.name();
    upstreams.add(
        at.visitor().actor(),
        at.registry(),
        name == null ? Upstreams.nameFor(at.registry(), wanted.target()) : name,
        wanted.target(),
        wanted.options());
    return now(request, at).withStatus(201);
  }

  /// `PATCH registries/{registry}/upstreams/{upstream}`: moves it to a position, the first being 1.
  public Response move(Request request) throws IOException {
    Visitors.At at = changed(request);
    Long position = ApiBody.read(request, "position").number("position");
    int most = at.registry().upstreams().size();
    if (position == null || position < 1 || position > most) {
      throw ApiBody.malformed("\"position\" is a number from 1 to %d.".formatted(most));
    }
    upstreams.move(
        at.visitor().actor(), at.registry(), request.variable("upstream"), position.intValue());
    return now(request, at);
  }

  /// `DELETE registries/{registry}/upstreams/{upstream}`.
  public Response remove(Request request) {
    Visitors.At at = changed(request);
    upstreams.remove(at.visitor().actor(), at.registry(), request.variable("upstream"));
    return now(request, at);
  }

  private Visitors.At changed(Request request) {
    Visitors.At at = visitors.at(request, Right.MANAGE_REGISTRIES);
    Answer.requireMatch(request, shown(at.registry()));
    return at;
  }

  private Response now(Request request, Visitors.At at) {
    Registry registry = registries.directory().byId(at.registry().id());
    return Answer.tagged(request, shown(registry == null ? at.registry() : registry));
  }

  private UpstreamList shown(Registry registry) {
    List<UpstreamView> items = new ArrayList<>();
    for (Upstream one : registry.upstreams()) {
      items.add(
          new UpstreamView(
              one.name(),
              kind(one.source()),
              target(one.source()),
              one.source() instanceof Upstream.External(_, String sealed) && sealed != null,
              one.internal(),
              one.pushes(),
              ApiBody.word(one.forward())));
    }
    return new UpstreamList(items);
  }

  private static String kind(Upstream.Source source) {
    return switch (source) {
      case Upstream.Public _ -> "public";
      case Upstream.Here _ -> "here";
      case Upstream.External _ -> "external";
    };
  }

  private @Nullable String target(Upstream.Source source) {
    return switch (source) {
      case Upstream.Public(var url) -> url == null ? null : url.toString();
      case Upstream.Here(long id) -> {
        Registry other = registries.directory().byId(id);
        yield other == null ? null : "registry:" + other.name();
      }
      case Upstream.External(var url, _) -> url.toString();
    };
  }
}
