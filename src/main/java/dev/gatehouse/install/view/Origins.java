package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
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
      case Upstream.Public(URI url) -> url == null ? null : open("public", url);
      case Upstream.External(URI url, String sealed) ->
          sealed == null
              ? open(url.toString(), url)
              : known.computeIfAbsent(upstream, this::guarded);
    };
  }

  /// Forgets opened credentials, after upstreams have changed.
  public void reload() {
    known.clear();
  }

  /// The public registry keeps its key when its address changes: what was fetched from the old one
  /// goes on serving while the new one is asked.
  private static Origin open(String key, URI url) {
    return new Origin(key, new UpstreamSource(url, null));
  }

  private Origin guarded(Upstream upstream) {
    var external = (Upstream.External) upstream.source();
    var source = new UpstreamSource(external.url(), upstreams.credential(external));
    // The id: what one credential may see is shown to nobody who holds another.
    return new Origin("upstream " + upstream.id() + " " + source.base(), source);
  }
}
