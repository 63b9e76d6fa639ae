package dev.gatehouse.web.npm.read;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.Packuments;
import dev.gatehouse.install.Packuments.Wanted;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import org.jspecify.annotations.Nullable;

/// `GET {registry}/{name}`: the packument, full or abbreviated as `Accept` says.
public record PackumentEndpoint(Gate gate, Packuments packuments, Traffic traffic)
    implements Handler {

  @Override
  public @Nullable Response warm(Request request) {
    Caller caller = gate.warmReader(request);
    if (caller == null) {
      return null;
    }
    request.log().tally(traffic.documents(caller.registry().id()));
    return packuments.warm(
        request, new Wanted(caller.registry(), request.variable("name"), caller.base()));
  }

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    request.log().tally(traffic.documents(caller.registry().id()));
    PackageName name = PackageName.parse(request.variable("name"));
    return packuments.get(
        request, new Wanted(caller.registry(), name.value(), caller.base()), ask(request));
  }

  static Ask ask(Request request) {
    return Ask.through(Hops.parse(request.header(Hops.HEADER)));
  }
}
