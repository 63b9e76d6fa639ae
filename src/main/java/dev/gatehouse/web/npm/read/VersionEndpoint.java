package dev.gatehouse.web.npm.read;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.Packuments;
import dev.gatehouse.install.Packuments.Wanted;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;

/// `GET {registry}/{name}/{version}`: the document of one version, by its number or a tag.
public record VersionEndpoint(Gate gate, Packuments packuments, Traffic traffic)
    implements Handler {

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    request.log().tally(traffic.documents(caller.registry().id()));
    PackageName name = PackageName.parse(request.variable("name"));
    return packuments.version(
        request,
        new Wanted(caller.registry(), name.value(), caller.base()),
        request.variable("version"),
        PackumentEndpoint.ask(request));
  }
}
