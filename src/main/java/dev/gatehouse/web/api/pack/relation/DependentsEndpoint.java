package dev.gatehouse.web.api.pack.relation;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.packages.need.Needs;
import dev.gatehouse.packages.need.Needs.Need;
import dev.gatehouse.problem.Room;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.review.need.NeedReader;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/packages/{name}/dependents`: which of the registry's packages need one,
/// in any version that is stored; of each, the newest such version that is served.
public final class DependentsEndpoint {
  private static final int AT_ONCE = 4;

  /// So many are looked at for a page at most, however many of them are withheld.
  private static final int MOST_LOOKED_AT = 400;

  private final Visitors visitors;
  private final Parts parts;
  private final Room room =
      new Room(
          AT_ONCE,
          "Too many dependents are being looked up. Try again in a moment.",
          Duration.ofSeconds(1));

  /// What knows of packages and who needs them.
  public record Parts(Registries registries, Views views, Needs needs, NeedReader reader) {}

  /// The dependents that `parts` know.
  public DependentsEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// A package that needs another.
  ///
  /// @param version the newest that does, of those that are stored and served
  /// @param newest whether that is what an install of it gets
  record DependentView(String name, String version, boolean newest, String kind, String range) {}

  /// Some of them. `unread` are the versions whose needs are to be read still.
  record DependentsView(List<DependentView> items, @Nullable String next, int total, int unread) {}

  /// `GET registries/{registry}/packages/{name}/dependents`, by name.
  public Response list(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String needed = PackageName.parse(request.variable("name")).value();
    Page.Wanted wanted = Page.Wanted.of(request);
    return room.with(() -> {
      parts.reader.readOn();
      return Answer.of(200, view(registry, needed, wanted));
    });
  }

  private DependentsView view(Registry registry, String needed, Page.Wanted wanted) {
    Collection<Long> places = parts.registries.directory().reachableFrom(registry.id());
    List<DependentView> items = new ArrayList<>();
    String after = Objects.requireNonNullElse(wanted.after(), "");
    int looked = 0;
    boolean more = true;
    while (more && items.size() < wanted.limit() && looked < MOST_LOOKED_AT) {
      int size = wanted.limit() - items.size();
      List<String> names = parts.needs.dependents(places, needed, after, size + 1);
      more = names.size() > size;
      for (String name : names.subList(0, Math.min(size, names.size()))) {
        DependentView shown = shown(registry, name, parts.needs.of(places, needed, name));
        if (shown != null) {
          items.add(shown);
        }
        after = name;
        looked++;
      }
    }
    return new DependentsView(
        items,
        more ? Page.cursor(after) : null,
        parts.needs.count(places, needed),
        parts.needs.unreadOf(places));
  }

  /// Null if nothing of it that needs the package is served.
  private @Nullable DependentView shown(Registry registry, String name, List<Need> needs) {
    List<Need> newestFirst = new ArrayList<>(needs);
    newestFirst.sort(
        Comparator.comparing(DependentsEndpoint::number, Comparator.nullsFirst(Version.BY_BUILD))
            .reversed());
    return parts.views.open(
        parts.views.gather(registry, name, Ask.STORED),
        found -> found instanceof Found.Versions versions ? shown(versions, newestFirst) : null);
  }

  private static @Nullable DependentView shown(Found.Versions found, List<Need> newestFirst) {
    for (Need need : newestFirst) {
      Selected served = found.version(need.version());
      if (served != null) {
        return new DependentView(
            found.all().details().name(),
            need.version(),
            need.version().equals(found.view().tags().get("latest")),
            need.kind(),
            need.spec());
      }
    }
    return null;
  }

  private static @Nullable Version number(Need need) {
    return Version.parse(need.version());
  }
}
