package dev.gatehouse.web.npm.read;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.ServedKeys;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.web.Gate;

/// `GET {registry}/-/npm/v1/keys`: the keys that signatures of what the registry serves verify
/// with.
public record KeysEndpoint(Gate gate, ServedKeys keys) implements Handler {

  @Override
  public Response handle(Request request) {
    var registry = gate.reader(request).registry();
    var ask = Ask.through(Hops.parse(request.header(Hops.HEADER)));
    return Response.json(200, keys.of(registry, ask).listed())
        .with("cache-control", "private, no-cache");
  }
}
