package dev.gatehouse.web.api.pack;

import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.Loose;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.packages.Packages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A package as a registry shows it. Its texts are its author's: hostile until proven otherwise.
///
/// @param latest what an install without a version gets; null if nothing is served
/// @param readme Markdown, cut to a fixed length
/// @param links `homepage`, `repository` and `bugs`, those that are web addresses
/// @param versions the newest first, withheld ones too, up to a fixed number
/// @param versionCount how many there are
/// @param revision of what is published here, which a change can name; null if nothing is
/// @param owners of what is published here
/// @param stale what to know if an upstream could not be asked; else null
record PackageDetails(
    String name,
    @Nullable String latest,
    String description,
    String readme,
    List<String> keywords,
    Map<String, String> links,
    List<String> maintainers,
    boolean hosted,
    Map<String, String> tags,
    List<VersionView> versions,
    int versionCount,
    @Nullable String revision,
    List<String> owners,
    @Nullable String stale) {
  private static final int LONGEST_README = 256 << 10;
  private static final int README_WEIGHT = 4 << 20;
  private static final int MOST_VERSIONS = 1_000;

  static PackageDetails of(
      Found.Versions found, Set<String> cached, Packages.@Nullable Holding own) {
    PackumentView view = found.view();
    PackumentIndex details = view.details();
    Selected latest = PackageSummary.latest(view);
    List<Selected> newest = new ArrayList<>(found.all().candidates());
    newest.sort(Comparator.comparing(Selected::published).reversed());
    var doubt = found.doubt();
    return new PackageDetails(
        view.name(),
        latest == null ? null : latest.version(),
        Loose.read(details.detail("description")).text(),
        Loose.read(details.detail("readme"), README_WEIGHT).text(LONGEST_README),
        Loose.read(details.detail("keywords")).words(),
        links(details),
        Loose.read(details.detail("maintainers")).people().stream()
            .map(person -> person.getOrDefault("username", ""))
            .filter(name -> !name.isEmpty())
            .toList(),
        view.own().hosted(),
        view.tags(),
        newest.stream()
            .limit(MOST_VERSIONS)
            .map(one -> VersionView.of(found, one, cached))
            .toList(),
        newest.size(),
        own == null || own.versions().isEmpty() ? null : own.hosted().rev(),
        own == null || own.versions().isEmpty()
            ? List.of()
            : own.owners().stream().map(Packages.Owner::account).toList(),
        doubt == null ? null : doubt.sentence());
  }

  /// A link that is no web address is not shown as one.
  private static Map<String, String> links(PackumentIndex details) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String field : List.of("homepage", "repository", "bugs")) {
      String url =
          Loose.read(details.detail(field))
              .url()
              .replaceFirst("^git\\+", "")
              .replaceFirst("^git://", "https://")
              .replaceFirst("\\.git$", "");
      if (url.matches("https?://[^\\s\"'<>]+")) {
        links.put(field, url);
      }
    }
    return links;
  }
}
