package dev.gatehouse.web.api.advisory;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `GET advisories`: what is known of a package, or under an id, and which versions that are here
/// it is about.
public record AdvisoriesEndpoint(Visitors visitors, Advisories advisories, KeptVersions kept) {
  private static final int MOST_NAMES = 50;
  private static final int MOST_PLACES = 200;
  private static final int LONGEST_ID = 200;

  record AdvisoryList(List<AdvisoryView> items, boolean imported) {}

  /// By `package`, or by `id`.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request);
    Map<Long, Registry> known = visitors.sight(visitor).byId();
    String name = request.query("package");
    String id = request.query("id");
    if ((name == null) == (id == null) || (id != null && id.length() > LONGEST_ID)) {
      throw ApiBody.malformed("Ask by \"package\" or by \"id\": GHSA-…, CVE-…, MAL-….");
    }
    List<String> names =
        id == null
            ? List.of(PackageName.parse(Objects.requireNonNull(name)).value())
            : advisories.names(id, MOST_NAMES);
    List<AdvisoryView> items = new ArrayList<>();
    for (String one : names) {
      List<KeptVersions.Kept> places =
          kept.places(one).stream().filter(at -> known.containsKey(at.registryId())).toList();
      advisories.of(one).stream()
          .filter(advisory -> id == null || advisory.id().equals(id))
          .map(advisory -> AdvisoryView.of(one, advisory, here(advisory, places, known)))
          .forEach(items::add);
    }
    return Answer.of(200, new AdvisoryList(items, advisories.everImported()));
  }

  private static List<AdvisoryView.Place> here(
      Advisory advisory, List<KeptVersions.Kept> places, Map<Long, Registry> known) {
    return places.stream()
        .filter(at -> touches(advisory, at.version()))
        .limit(MOST_PLACES)
        .map(at ->
            new AdvisoryView.Place(
                Objects.requireNonNull(known.get(at.registryId())).name(), at.version()))
        .toList();
  }

  private static boolean touches(Advisory advisory, String text) {
    Version version = Version.parseLoose(text);
    return version != null && advisory.affected().touches(version);
  }
}
