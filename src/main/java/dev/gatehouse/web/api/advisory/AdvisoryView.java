package dev.gatehouse.web.api.advisory;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one record of one feed says of one package. Its texts are a stranger's.
///
/// @param score by CVSS; null if nobody has said
/// @param range the versions it is about, in npm's words
/// @param fixes versions that are free of it, the oldest first
/// @param here versions in the registries that one may read: the first ones, by registry
record AdvisoryView(
    String id,
    String name,
    String kind,
    String severity,
    @Nullable Double score,
    String summary,
    @Nullable String url,
    List<String> aliases,
    String range,
    List<String> fixes,
    @Nullable String published,
    @Nullable String modified,
    String feed,
    List<Place> here) {

  /// A version in a registry.
  record Place(String registry, String version) {}

  static AdvisoryView of(String name, Advisory advisory, List<Place> here) {
    Advisory.Cvss cvss = advisory.cvss();
    return new AdvisoryView(
        advisory.id(),
        name,
        ApiBody.word(advisory.kind()),
        advisory.severity().word(),
        cvss == null ? null : cvss.score(),
        advisory.summary(),
        advisory.url(),
        advisory.aliases(),
        advisory.affected().range(),
        advisory.affected().fixes().stream().map(Version::toString).toList(),
        Answer.text(advisory.dates().published()),
        Answer.text(advisory.dates().modified()),
        advisory.feed(),
        here);
  }
}
