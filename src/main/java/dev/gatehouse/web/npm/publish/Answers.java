package dev.gatehouse.web.npm.publish;

import dev.gatehouse.http.Response;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing.Outcome;
import java.util.Map;

/// What clients want to hear after a change: some look for `ok`, some for `success`.
final class Answers {
  private Answers() {}

  static Response done(int status, Edit edit, Outcome outcome) {
    return Response.json(
        status,
        Map.of(
            "ok", true, "success", true, "id", edit.name().value(), "rev", outcome.hosted().rev()));
  }
}
