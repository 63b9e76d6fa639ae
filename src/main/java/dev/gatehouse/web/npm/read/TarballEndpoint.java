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
    return caller == null ? null : tarballs.warm(request, asked(request, caller));
  }

  @Override
  public Response handle(Request request) {
    return tarballs.get(request, asked(request, gate.reader(request)));
  }

  private static Tarballs.Asked asked(Request request, Caller caller) {
    return new Tarballs.Asked(
        caller.registry(), caller.base(), request.variable("name"), request.variable("file"));
  }
}
