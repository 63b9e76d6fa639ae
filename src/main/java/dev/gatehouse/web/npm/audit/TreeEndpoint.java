package dev.gatehouse.web.npm.audit;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.web.Gate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// `POST -/npm/v1/security/audits` and `…/audits/quick`: what is known of a tree of dependencies,
/// in the form that npm 6 and tools of its time read. No actions are proposed: what an update would
/// do is for the client to find out.
public record TreeEndpoint(Gate gate, Audits audits) implements Handler {
  private static final List<String> SEVERITIES =
      List.of("info", "low", "moderate", "high", "critical");

  @Override
  public Response handle(Request request) throws IOException {
    Registry registry = gate.reader(request).registry();
    AuditTree tree = AuditTree.read(request);
    Map<String, List<Finding>> found =
        audits.of(registry, tree.installed(), Hops.parse(request.header(Hops.HEADER)));
    Map<String, Integer> counts = new LinkedHashMap<>();
    SEVERITIES.forEach(severity -> counts.put(severity, 0));
    Map<String, Object> advisories = new TreeMap<>();
    found.forEach((name, findings) ->
        findings.forEach(finding -> {
          List<Map<String, Object>> where = tree.places(name, finding.range());
          if (!where.isEmpty()) {
            counts.merge(finding.severity(), where.size(), Integer::sum);
            advisories.put(Long.toString(finding.id()), advisory(name, finding, where));
          }
        }));
    return Response.json(200, answer(tree, counts, advisories))
        .with("cache-control", "private, no-cache");
  }

  private static Map<String, Object> answer(
      AuditTree tree, Map<String, Integer> counts, Map<String, Object> advisories) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("vulnerabilities", counts);
    metadata.put("dependencies", tree.size());
    metadata.put("devDependencies", 0);
    metadata.put("optionalDependencies", 0);
    metadata.put("totalDependencies", tree.size());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("actions", List.of());
    answer.put("advisories", advisories);
    answer.put("muted", List.of());
    answer.put("metadata", metadata);
    return answer;
  }

  private static Map<String, Object> advisory(
      String name, Finding finding, List<Map<String, Object>> where) {
    List<String> patched = new ArrayList<>(finding.fixed());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("findings", where);
    json.put("id", finding.id());
    json.put("title", finding.title());
    json.put("module_name", name);
    json.put("severity", finding.severity());
    json.put("vulnerable_versions", finding.range());
    json.put("patched_versions", patched.isEmpty() ? "<0.0.0" : ">=" + patched.getLast());
    json.put("url", finding.url());
    json.put("cwe", finding.cwes());
    json.put("cves", cves(finding.names()));
    json.put("overview", finding.title());
    json.put(
        "recommendation",
        patched.isEmpty()
            ? "No version is known to be free of it."
            : "Update to " + String.join(" or ", patched) + " or later.");
    json.put("references", finding.url());
    json.put("access", "public");
    json.put("deleted", null);
    return json;
  }

  private static List<String> cves(Set<String> names) {
    return names.stream().filter(name -> name.startsWith("CVE-")).sorted().toList();
  }
}
