package dev.gatehouse.web.npm.read;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import org.jspecify.annotations.Nullable;

/// `GET {registry}/{name}/-/{file}`: a tarball. `file` may repeat the scope, as the URLs do that
/// clients invent when they publish.
public record TarballEndpoint(Gate gate, Tarballs tarballs) implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    Caller caller = gate.warmReader(request);
    return caller == null
        ? null
        : tarballs.warm(
            request, caller.registry(), request.variable("name"), request.variable("file"));
  }

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    return tarballs.get(
        request, caller.registry(), request.variable("name"), request.variable("file"));
  }
}
