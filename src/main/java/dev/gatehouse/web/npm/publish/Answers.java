package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing.Outcome;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import java.util.Map;

/// What requests that change packages have in common.
final class Answers {
  private Answers() {}

  /// The package that a request with a `{name}` is about, if the caller may use `right` on it.
  static Edit edit(Gate gate, Request request, Right right) {
    PackageName name = PackageName.parse(request.variable("name"));
    Caller caller = gate.caller(request, right, name);
    return new Edit(caller.requireIdentity(), caller.registry(), name);
  }

  /// What clients want to hear after a change: some look for `ok`, some for `success`.
  static Response done(int status, Edit edit, Outcome outcome) {
    return Response.json(
        status,
        Map.of(
            "ok", true, "success", true, "id", edit.name().value(), "rev", outcome.hosted().rev()));
  }

  /// The same where there is no more to say.
  static Response ok() {
    return Response.json(200, Map.of("ok", true, "success", true));
  }

  /// What may change from one request to the next.
  static Response fresh(Object value) {
    return Response.json(200, value).with("cache-control", "private, no-cache");
  }
}
