package dev.gatehouse.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.http.route.LoggedPath;
import dev.gatehouse.http.route.RouteMatch;
import dev.gatehouse.http.route.RouteMatch.Variable;
import dev.gatehouse.http.route.RouteTree;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A fuzz target: whatever stands between `GET ` and ` HTTP/1.1`, its path is refused with a
/// sentence or its segments are harmless and read once, and what is logged of it is one line
/// without secrets.
public final class RequestPathFuzz {
  private static final RouteTree<String> ROUTES = routes();

  private RequestPathFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String target = data.consumeRemainingAsString();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    requireLogged(LoggedPath.of(path, null, List.of()));
    try {
      requireSound(path, PathSegments.of(path));
    } catch (ProblemException e) {
      requireSentence(e);
    }
    if (mark >= 0) {
      requireQuery(target.substring(mark + 1));
    }
  }

  private static void requireSound(String path, List<String> segments) {
    assertThat(segments).noneMatch(segment -> segment.contains("\\"));
    assertThat(segments).noneMatch(segment -> segment.chars().anyMatch(Character::isISOControl));
    for (String segment : segments) {
      assertThat(segment.split("/", -1)).doesNotContain(".", "..");
    }
    assertThat(PathSegments.of("/" + encoded(segments))).as("encoded again").isEqualTo(segments);
    if (ROUTES.find("GET", segments) instanceof RouteMatch.Found<String>(_, List<Variable> named)) {
      String logged = LoggedPath.of(path, segments, named);
      requireLogged(logged);
      for (Variable variable : named) {
        boolean secret = variable.name().equals("secret") && variable.value().length() > 6;
        assertThat(secret && logged.contains(variable.value())).as(logged).isFalse();
      }
    }
  }

  private static void requireLogged(String line) {
    assertThat(line).matches("[!-~]*");
  }

  private static void requireQuery(String query) {
    try {
      String text = QueryString.value(query, "text");
      assertThat(QueryString.value("text=" + encoded(text == null ? "" : text), "text"))
          .isEqualTo(text == null ? "" : text);
    } catch (ProblemException e) {
      requireSentence(e);
    }
  }

  private static void requireSentence(ProblemException refused) {
    assertThat(refused.problem().sentence()).matches("(?s)[A-Z\"].{10,2000}\\.");
  }

  private static String encoded(List<String> segments) {
    return segments.stream().map(RequestPathFuzz::encoded).collect(Collectors.joining("/"));
  }

  private static String encoded(@Nullable String text) {
    var encoded = new StringBuilder();
    for (byte b : String.valueOf(text).getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02X", b & 0xff));
    }
    return encoded.toString();
  }

  private static RouteTree<String> routes() {
    var registry = new RouteTree<String>();
    registry.add("GET", "/{name}", "packument");
    registry.add("GET", "/{name}/{version}", "version");
    registry.add("GET", "/{name}/-/{file*}", "tarball");
    registry.add("GET", "/-/package/{name}/dist-tags", "tags");
    registry.add("DELETE", "/-/user/token/{token}", "logout");
    var routes = new RouteTree<String>();
    routes.mount("/r/{registry}", registry);
    routes.mount("/w/{workspace}/r/{registry}", registry);
    routes.add("GET", "/setup/{secret}", "setup");
    return routes;
  }
}
