package dev.gatehouse.web.api.licence;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.packages.licence.LicenceClaims;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.review.licence.LicenceReader;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `licences`: what the packages that are here claim, of one registry or of all that somebody may
/// read.
public record LicencesEndpoint(
    Visitors visitors, Registries registries, LicenceClaims claims, LicenceReader reader) {
  private static final int MOST = 500;
  private static final int LONGEST = 300;

  /// The composition.
  ///
  /// @param items the most common licences first, at most 500; an empty one claims none
  /// @param total how many licences there are
  /// @param unread how many packages nobody has read yet: asking again reads on
  record CompositionView(
      List<LicenceClaims.Share> items, int total, int packages, int versions, int unread) {}

  /// A package that claims a licence.
  ///
  /// @param registry one that has it
  record HolderView(String name, String registry, int versions) {}

  /// What is looked at.
  ///
  /// @param asked the registry that was named, or null for all
  private record Where(@Nullable Registry asked, Collection<Long> ids) {}

  /// `GET licences`.
  public Response list(Request request) {
    Where where = where(request);
    if (where.ids.isEmpty()) {
      return Answer.of(200, new CompositionView(List.of(), 0, 0, 0, 0));
    }
    reader.readOn(where.ids);
    LicenceClaims.Composition found = claims.composition(where.ids, MOST);
    return Answer.of(
        200,
        new CompositionView(
            found.shares(), found.licences(), found.packages(), found.versions(), found.unread()));
  }

  /// `GET licences/packages`: those with the licence that is asked for, by name.
  public Response packages(Request request) {
    Where where = where(request);
    String licence = request.query("licence");
    if (licence == null || licence.length() > LONGEST) {
      throw ApiBody.malformed(
          "Ask by \"licence\", as the list of licences writes it; empty for none.");
    }
    Page.Wanted wanted = Page.Wanted.of(request);
    String after = Objects.requireNonNullElse(wanted.after(), "");
    List<LicenceClaims.Holder> found =
        where.ids.isEmpty()
            ? List.of()
            : claims.holders(where.ids, licence, after, wanted.limit() + 1);
    boolean more = found.size() > wanted.limit();
    List<HolderView> items =
        found.stream().limit(wanted.limit()).map(one -> view(where, one)).toList();
    return Answer.of(
        200,
        new Page<>(
            items,
            more ? Page.cursor(items.getLast().name()) : null,
            where.ids.isEmpty() ? 0 : claims.count(where.ids, licence)));
  }

  /// A registry shows what the ones show that it draws from.
  private Where where(Request request) {
    Visitor visitor = visitors.visitor(request);
    String name = request.query("registry");
    if (name != null && !name.isEmpty()) {
      Registry asked = visitors.registry(visitor, name);
      return new Where(asked, registries.directory().reachableFrom(asked.id()));
    }
    return new Where(
        null,
        visitors.sight(visitor).registries().stream()
            .map(Registry::id)
            .collect(Collectors.toSet()));
  }

  private HolderView view(Where where, LicenceClaims.Holder one) {
    Directory directory = registries.directory();
    Registry keeper = where.asked == null ? directory.byId(one.registryId()) : where.asked;
    return new HolderView(one.name(), keeper == null ? "(deleted)" : keeper.name(), one.versions());
  }
}
