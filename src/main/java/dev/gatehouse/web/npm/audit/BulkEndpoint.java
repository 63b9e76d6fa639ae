package dev.gatehouse.web.npm.audit;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.web.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `POST -/npm/v1/security/advisories/bulk`: what is known of each version that a client has.
public record BulkEndpoint(Gate gate, Audits audits) implements Handler {

  @Override
  public Response handle(Request request) throws IOException {
    Registry registry = gate.reader(request).registry();
    var question = AuditQuestion.read(request);
    Map<String, List<Map<String, Object>>> answer = new TreeMap<>();
    audits
        .of(registry, question.installed(), Hops.parse(request.header(Hops.HEADER)))
        .forEach((name, found) -> answer.put(name, found.stream().map(Finding::json).toList()));
    return Response.json(200, answer).with("cache-control", "private, no-cache");
  }
}
