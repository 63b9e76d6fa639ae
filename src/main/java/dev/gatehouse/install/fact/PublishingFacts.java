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
  private final Remembered<Publisher> publishers =
      new Remembered<>(Part.PUBLISHER, PublishingFacts::publisher);
  private final Map<Selected, Fact<Publication>> publications = new HashMap<>();
  private final Map<Selected, Fact<Earlier>> earlier = new HashMap<>();

  /// Whom a version names, and how he published it, as far as that is said there.
  ///
  /// @param isNamed whether it names anybody at all
  private record Publisher(boolean isNamed, String name, Trust trust) {}

  PublishingFacts(List<Selected> versions) {
    this.versions = versions;
  }

  /// By whom and how; missing if the document does not say.
  Fact<Publication> publication(Selected version) {
    return publications.computeIfAbsent(version, this::read);
  }

  /// How earlier versions were published; missing for the first.
  Fact<Earlier> earlier(Selected version) {
    if (earlier.isEmpty()) {
      compareAll();
    }
    return earlier.getOrDefault(version, Fact.missing());
  }

  private void compareAll() {
    var seen = new TreeSet<String>();
    Trust best = Trust.NONE;
    Fact<Earlier> before = Fact.missing();
    List<Selected> inOrder =
        versions.stream().sorted(Comparator.comparing(Selected::published)).toList();
    for (Selected version : inOrder) {
      earlier.put(version, before);
      Publication publication = publication(version).orNull();
      boolean isNew = before instanceof Fact.Missing<Earlier>;
      if (publication != null) {
        isNew |= seen.add(publication.publisher());
        if (publication.trust().compareTo(best) > 0) {
          best = publication.trust();
          isNew = true;
        }
      }
      before = isNew ? Fact.known(new Earlier(best, seen)) : before;
    }
  }

  private Fact<Publication> read(Selected version) {
    Publisher by = publishers.of(version);
    Trust trust =
        by.trust() == Trust.NONE && hasProvenance(version) ? Trust.PROVENANCE : by.trust();
    return by.isNamed() || trust != Trust.NONE
        ? Fact.known(new Publication(by.name(), trust))
        : Fact.missing();
  }

  /// After npm's and pnpm's rank: staged and approved, then a trusted publisher, then provenance.
  private static Publisher publisher(JsonNode user) {
    Trust trust = Trust.NONE;
    if (user.path("approver").isObject()) {
      trust = Trust.STAGED;
    } else if (user.path("trustedPublisher").isObject()) {
      trust = Trust.TRUSTED_PUBLISHER;
    }
    return new Publisher(user.isObject(), user.path("name").asText(""), trust);
  }

  private static boolean hasProvenance(Selected version) {
    return Slices.read(version, Part.ATTESTATIONS).path("provenance").isObject();
  }
}
