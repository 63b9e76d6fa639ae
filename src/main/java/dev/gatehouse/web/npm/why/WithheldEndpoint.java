package dev.gatehouse.web.npm.why;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.ledger.Ledger;
import dev.gatehouse.install.ledger.Ledgers;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;

/// `GET {registry}/-/withheld/{name}`: what becomes of every version of a package.
public record WithheldEndpoint(Gate gate, Ledgers ledgers) implements Handler {

  @Override
  public Response handle(Request request) {
    Caller caller = gate.reader(request);
    String name = PackageName.parse(request.variable("name")).value();
    Ledger ledger = ledgers.of(caller.registry(), name, Ask.USUAL);
    if (ledger == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no package %s in the registry \"%s\"."
                  .formatted(name, caller.registry().name())));
    }
    return Response.json(200, ledger).with("cache-control", "no-store");
  }
}
