package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which HTTP origin an upstream means, its credential opened.
public final class Origins {
  private final Upstreams upstreams;
  private final Map<Upstream, Origin> known = new ConcurrentHashMap<>();

  /// Origins whose credentials `upstreams` can open.
  public Origins(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  /// The origin of `upstream`, or null if it has none: it is *here*, or the public registry's
  /// address is not known.
  public @Nullable Origin of(Upstream upstream) {
    return switch (upstream.source()) {
      case Upstream.Here _ -> null;
      case Upstream.Public(URI url) -> url == null ? null : open(url);
      case Upstream.External(URI url, String sealed) ->
          sealed == null ? open(url) : known.computeIfAbsent(upstream, this::guarded);
    };
  }

  /// Forgets opened credentials, after upstreams have changed.
  public void reload() {
    known.clear();
  }

  private static Origin open(URI url) {
    var source = new UpstreamSource(url, null);
    return new Origin(source.base().toString(), source);
  }

  private Origin guarded(Upstream upstream) {
    var external = (Upstream.External) upstream.source();
    Credential credential =
        switch (upstreams.credential(external)) {
          case dev.gatehouse.registries.Credential.Bearer(String secret) ->
              new Credential.Bearer(secret);
          case dev.gatehouse.registries.Credential.Basic(String user, String secret) ->
              new Credential.Basic(user, secret);
          case null -> null;
        };
    var source = new UpstreamSource(external.url(), credential);
    // The id: what one credential may see is shown to nobody who holds another.
    return new Origin("upstream " + upstream.id() + " " + source.base(), source);
  }
}
