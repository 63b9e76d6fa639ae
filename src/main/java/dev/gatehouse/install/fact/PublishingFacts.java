package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Trust;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Who published the versions of a package and how, each compared with all that came before it.
/// Read once, when somebody first asks.
final class PublishingFacts {
  private final List<Selected> versions;
  private final Map<Selected, Fact<Publication>> publications = new HashMap<>();
  private final Map<Selected, Fact<Earlier>> earlier = new HashMap<>();

  PublishingFacts(List<Selected> versions) {
    this.versions = versions;
  }

  /// By whom and how; missing if the document does not say.
  Fact<Publication> publication(Selected version) {
    return publications.computeIfAbsent(version, PublishingFacts::read);
  }

  /// How earlier versions were published; missing for the first.
  Fact<Earlier> earlier(Selected version) {
    if (earlier.isEmpty()) {
      compareAll();
    }
    return earlier.getOrDefault(version, Fact.missing());
  }

  private void compareAll() {
    var publishers = new TreeSet<String>();
    Trust best = Trust.NONE;
    Fact<Earlier> before = Fact.missing();
    List<Selected> inOrder =
        versions.stream().sorted(Comparator.comparing(Selected::published)).toList();
    for (Selected version : inOrder) {
      earlier.put(version, before);
      Publication publication = publication(version).orNull();
      if (publication != null) {
        publishers.add(publication.publisher());
        best = publication.trust().compareTo(best) > 0 ? publication.trust() : best;
      }
      before = Fact.known(new Earlier(best, publishers));
    }
  }

  private static Fact<Publication> read(Selected version) {
    JsonNode user = Slices.read(version, Part.PUBLISHER);
    Trust trust = trust(version, user);
    return user.isObject() || trust != Trust.NONE
        ? Fact.known(new Publication(user.path("name").asText(""), trust))
        : Fact.missing();
  }

  /// After npm's and pnpm's rank: staged and approved, then a trusted publisher, then provenance.
  private static Trust trust(Selected version, JsonNode user) {
    if (user.path("approver").isObject()) {
      return Trust.STAGED;
    }
    if (user.path("trustedPublisher").isObject()) {
      return Trust.TRUSTED_PUBLISHER;
    }
    return Slices.read(version, Part.ATTESTATIONS).path("provenance").isObject()
        ? Trust.PROVENANCE
        : Trust.NONE;
  }
}
