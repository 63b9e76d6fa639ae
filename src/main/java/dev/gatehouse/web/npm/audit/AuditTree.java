package dev.gatehouse.web.npm.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.http.Request;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A tree of dependencies as npm 6 sends it: nested `dependencies`, each with its `version`.
final class AuditTree {
  private static final String WHAT = "The tree of what is installed";
  private static final int MAX_BYTES = 8 << 20;
  private static final long MAX_WEIGHT = 24L << 20;
  private static final int MOST_PATHS = 20;
  private static final JsonFactory JSON = BoundedJson.factory(10_000, MAX_BYTES);

  /// Where each version of each package stands, `a>b>c`.
  private final Map<String, Map<String, List<String>>> paths = new TreeMap<>();

  private int size;

  private AuditTree() {}

  static AuditTree read(Request request) throws IOException {
    var tree = new AuditTree();
    try (JsonParser parser = JSON.createParser(request.decodedBody(MAX_BYTES))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ProblemException(new Problem.Malformed(WHAT + " must be a JSON object."));
      }
      var limit = new BoundedJson.Limit(WHAT, MAX_WEIGHT, null);
      tree.collect(new BoundedJson(parser, limit).tree(), "");
    } catch (JacksonException broken) {
      throw BoundedJson.problem(WHAT, broken);
    }
    return tree;
  }

  /// The depth is bounded by that of the JSON.
  private void collect(JsonNode node, String above) {
    for (Map.Entry<String, JsonNode> one : node.path("dependencies").properties()) {
      String name = one.getKey();
      String version = one.getValue().path("version").asText("");
      String path = above.isEmpty() ? name : above + ">" + name;
      if (PackageName.isValid(name) && Version.parseLoose(version) != null) {
        size++;
        List<String> known =
            paths
                .computeIfAbsent(name, _ -> new TreeMap<>())
                .computeIfAbsent(version, _ -> new ArrayList<>());
        if (known.size() < MOST_PATHS) {
          known.add(path);
        }
      }
      collect(one.getValue(), path);
    }
  }

  /// How many packages there are, each as often as it stands there.
  int size() {
    return size;
  }

  /// The versions of each package.
  Map<String, Set<String>> installed() {
    Map<String, Set<String>> installed = new TreeMap<>();
    paths.forEach((name, versions) -> installed.put(name, new TreeSet<>(versions.keySet())));
    return installed;
  }

  /// Where the versions of `name` stand that are in `range`.
  List<Map<String, Object>> places(String name, String range) {
    VersionRange parsed = VersionRange.parse(range, VersionRange.Options.WITH_PRERELEASES);
    List<Map<String, Object>> places = new ArrayList<>();
    paths
        .getOrDefault(name, Map.of())
        .forEach((text, where) -> {
          Version version = Version.parseLoose(text);
          if (parsed == null || (version != null && parsed.includes(version))) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("version", text);
            place.put("paths", where);
            places.add(place);
          }
        });
    return places;
  }
}
