package dev.gatehouse.web.npm.search;

import dev.gatehouse.npm.Loose;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One entry of a search's answer. npm needs `maintainers`, and pnpm the names of publisher and
/// maintainers, whether or not anybody knows them.
final class SearchResult {
  private static final Map<String, Object> SCORE =
      Map.of("final", 1, "detail", Map.of("quality", 1, "popularity", 1, "maintenance", 1));

  private SearchResult() {}

  /// The entry for a package that has at least one version.
  static Map<String, Object> of(PackumentView view) {
    Selected shown = shown(view);
    PackumentIndex details = view.details();
    List<Map<String, String>> maintainers = Loose.read(details.detail("maintainers")).people();
    byte[] publisher = shown.source().json(shown.row(), Part.PUBLISHER);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", view.name());
    entry.put("scope", scope(view.name()));
    entry.put("version", shown.version());
    entry.put("description", Loose.read(details.detail("description")).text());
    entry.put("keywords", Loose.read(details.detail("keywords")).words());
    entry.put("date", shown.published().truncatedTo(ChronoUnit.MILLIS).toString());
    entry.put("links", links(details));
    entry.put(
        "publisher",
        publisher == null
            ? Loose.NOBODY
            : Loose.read(new String(publisher, StandardCharsets.UTF_8)).person());
    entry.put("maintainers", maintainers);
    return Map.of("package", entry, "score", SCORE, "searchScore", 1);
  }

  private static Selected shown(PackumentView view) {
    String latest = view.tags().get("latest");
    for (Selected version : view.versions()) {
      if (version.version().equals(latest)) {
        return version;
      }
    }
    return view.versions().getLast();
  }

  private static String scope(String name) {
    return name.startsWith("@") ? name.substring(1, name.indexOf('/')) : "unscoped";
  }

  private static Map<String, String> links(PackumentIndex details) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String field : List.of("homepage", "repository", "bugs")) {
      String url = Loose.read(details.detail(field)).url();
      if (!url.isEmpty()) {
        links.put(field, url);
      }
    }
    return links;
  }
}
