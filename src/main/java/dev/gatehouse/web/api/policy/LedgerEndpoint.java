package dev.gatehouse.web.api.policy;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.ledger.Ledger;
import dev.gatehouse.install.ledger.Ledgers;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Visitors;

/// `GET registries/{registry}/withheld/{name}`: what becomes of every version of a package.
public record LedgerEndpoint(Visitors visitors, Ledgers ledgers) {

  /// The ledger of one package.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String name = PackageName.parse(request.variable("name")).value();
    Ledger ledger = ledgers.of(registry, name, Ask.USUAL);
    if (ledger == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no package \"%s\" in the registry \"%s\"."
                  .formatted(name, registry.name())));
    }
    return Answer.of(200, ledger);
  }
}
