package dev.gatehouse.web.npm.why;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.ServedKeys;
import dev.gatehouse.install.attestation.AttestationChecks;
import dev.gatehouse.install.attestation.Attested;
import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.npm.why.Why.Provenance;

/// `GET {registry}/-/why/{name}@{version}`: what every policy says of a version and what that rests
/// on, as a page for browsers and as JSON for everybody else.
public record WhyEndpoint(
    Gate gate, Views views, ServedKeys keys, AttestationChecks checks, Registries registries)
    implements Handler {

  @Override
  public Response handle(Request request) {
    String accept = request.header("accept");
    boolean page = accept != null && accept.contains("text/html");
    try {
      Why why = find(gate.reader(request), request.variable("spec"));
      Response response = page ? WhyPage.of(why) : Response.json(200, why);
      return response.with("cache-control", "no-store").with("vary", "accept");
    } catch (ProblemException refused) {
      if (page && refused.problem() instanceof Problem.Unauthenticated(String sentence)) {
        return WhyPage.askForPassword(sentence);
      }
      throw refused;
    }
  }

  private Why find(Caller caller, String spec) {
    int at = spec.lastIndexOf('@');
    if (at < 1) {
      throw new ProblemException(
          new Problem.Malformed(
              "%s names no version: ask for /-/why/name@1.0.0.".formatted(Quoted.quote(spec))));
    }
    String name = PackageName.parse(spec.substring(0, at)).value();
    String version = spec.substring(at + 1);
    keys.refresh(caller.registry(), Ask.USUAL);
    return switch (views.find(caller.registry(), name, Ask.USUAL)) {
      case Found.Versions found -> {
        Selected candidate = found.all().candidate(version);
        if (candidate == null) {
          throw missing(spec, caller.registry());
        }
        Provenance provenance = provenance(found, candidate);
        yield Why.of(found.anew(), candidate, provenance, this::name);
      }
      case Found.Nothing _ -> throw missing(spec, caller.registry());
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
    };
  }

  /// Whoever opens the page wants to know: it is looked at now.
  private Provenance provenance(Found.Versions found, Selected version) {
    Claim claim = found.rulings().claim(version);
    if (claim == null) {
      return Provenance.of(found.rulings().provenance(version));
    }
    try {
      Attested looked = checks.look(claim, Ask.USUAL);
      return looked == null
          ? Provenance.pending("The registry is frozen, and the provenance is not stored.")
          : Provenance.of(looked);
    } catch (ProblemException failure) {
      return Provenance.pending(failure.problem().sentence());
    }
  }

  private String name(long registryId) {
    Registry registry = registries.directory().byId(registryId);
    return registry == null ? "deleted" : registry.name();
  }

  private static ProblemException missing(String spec, Registry registry) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no %s in the registry \"%s\"."
                .formatted(Quoted.quote(spec), registry.name())));
  }
}
