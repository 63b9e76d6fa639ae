package dev.gatehouse.web.npm.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.install.view.Origins;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.Hops;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Audits what a client has, by the advisories here and by what the upstreams say. If neither knows
/// anything there is no answer at all: an empty one would read as "no vulnerabilities". Advisories
/// that people here have written are an answer if they have something to say, or if nobody else
/// could have: about names that are owned here.
public final class Audits {
  private static final Problem UNINFORMED =
      new Problem.Unsupported(
          "This registry has no advisories to audit against, so it gives no answer rather than a"
              + " false one. An operator brings them in by `gatehouse advisories import`.");

  private static final Problem SILENT =
      new Problem.Unsupported(
          "Of the advisories that were written here none is about any of this, and this registry"
              + " has no others, so it gives no answer rather than a false one. An operator brings"
              + " them in by `gatehouse advisories import`.");

  private static final Pattern ID_IN_URL = Pattern.compile("/(GHSA-[a-z0-9-]+|CVE-[0-9-]+)$");
  private static final int MOST_PER_PACKAGE = 500;

  private final LocalAudit local;
  private final UpstreamAudit upstreams;
  private final Views views;

  /// What is known here, and who else is asked.
  public record Parts(
      Advisories advisories,
      Views views,
      UpstreamClient client,
      Origins origins,
      Registries registries) {}

  /// Audits by `parts`.
  public Audits(Parts parts, Clock clock) {
    this.local = new LocalAudit(parts.advisories());
    this.views = parts.views();
    this.upstreams =
        new UpstreamAudit(
            new UpstreamAudit.Parts(parts.client(), parts.origins(), parts.registries()), clock);
  }

  /// What is known of `installed`, versions by package, in `registry`. Packages of which nothing is
  /// known are left out.
  Map<String, List<Finding>> of(Registry registry, Map<String, Set<String>> installed, Hops hops) {
    Map<String, Set<String>> outside = new TreeMap<>();
    Map<String, List<Finding>> found = new TreeMap<>();
    installed.forEach((name, versions) -> {
      boolean internal = views.isInternal(registry, name);
      if (!internal) {
        outside.put(name, versions);
      }
      List<Finding> here = local.findings(name, versions, internal);
      if (!here.isEmpty()) {
        found.put(name, new ArrayList<>(here));
      }
    });
    List<JsonNode> answers = upstreams.ask(registry, outside, hops);
    boolean told = !found.isEmpty() || (outside.isEmpty() && local.isWritten());
    if (answers.isEmpty() && !local.isInformed() && !told) {
      throw new ProblemException(local.isWritten() ? SILENT : UNINFORMED);
    }
    answers.forEach(answer -> merge(answer, outside, found));
    return found;
  }

  /// Adds what an upstream says and nobody here has said. What it says of packages that it was not
  /// asked about is left out.
  private static void merge(
      JsonNode answer, Map<String, Set<String>> asked, Map<String, List<Finding>> found) {
    asked.forEach((name, versions) -> {
      for (JsonNode one : answer.path(name)) {
        Finding finding = finding(one, versions);
        List<Finding> known = found.getOrDefault(name, List.of());
        if (finding != null
            && known.size() < MOST_PER_PACKAGE
            && known.stream().noneMatch(finding::isSameAs)) {
          found.computeIfAbsent(name, _ -> new ArrayList<>()).add(finding);
        }
      }
    });
  }

  /// The advisory in `json`, if it can be understood and touches one of `versions`; else null.
  private static @Nullable Finding finding(JsonNode json, Set<String> versions) {
    String range = json.path("vulnerable_versions").asText("");
    VersionRange parsed = VersionRange.parse(range, VersionRange.Options.WITH_PRERELEASES);
    boolean touches =
        parsed != null
            && versions.stream()
                .map(Version::parseLoose)
                .anyMatch(version -> version != null && parsed.includes(version));
    long id = json.path("id").asLong(0);
    if (!touches || id <= 0) {
      return null;
    }
    String url = json.path("url").asText("");
    Set<String> names = new HashSet<>(Set.of("upstream " + id));
    Matcher inUrl = ID_IN_URL.matcher(url);
    if (inUrl.find()) {
      names.add(inUrl.group(1));
    }
    List<String> cwes = new ArrayList<>();
    json.path("cwe").forEach(cwe -> cwes.add(cwe.asText("")));
    JsonNode cvss = json.path("cvss");
    return new Finding(
        id,
        names,
        url,
        json.path("title").asText(""),
        Finding.severity(json.path("severity").asText("")),
        range,
        cwes,
        cvss.path("vectorString").asText(null),
        cvss.path("score").asDouble(0),
        List.of());
  }
}
