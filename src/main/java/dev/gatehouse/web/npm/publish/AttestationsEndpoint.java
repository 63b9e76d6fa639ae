package dev.gatehouse.web.npm.publish;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.version.Attestations;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;

/// `GET {registry}/-/npm/v1/attestations/{name}@{version}`: the provenance of a version.
public record AttestationsEndpoint(Gate gate, Attestations attestations) implements Handler {

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    String spec = request.variable("spec");
    int at = spec.lastIndexOf('@');
    String name = at > 0 ? spec.substring(0, at) : spec;
    var ask = Ask.through(Hops.parse(request.header(Hops.HEADER)));
    Body answer =
        attestations.find(
            caller.registry(), PackageName.parse(name).value(), spec.substring(at + 1), ask);
    if (answer == null) {
      throw new ProblemException(
          new Problem.NotFound("There is no provenance of %s here.".formatted(Quoted.quote(spec))));
    }
    return Response.of(200, "application/json", answer).with("cache-control", "private, no-cache");
  }
}
