package dev.gatehouse.review.scan;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.Severity;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Fetcher;
import dev.gatehouse.policy.PolicyName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What advisories say of versions: one finding for each thing that any of them is about, by
/// whatever names feeds call it. Whether a registry withholds for it makes no difference.
final class AdvisoryFindings {
  private final String name;
  private final List<List<Advisory>> causes;
  private final Instant now;

  AdvisoryFindings(String name, List<Advisory> advisories, Instant now) {
    this.name = name;
    this.causes = causes(advisories);
    this.now = now;
  }

  List<Finding> of(List<Seen> seen, List<Download> fetched) {
    return causes.stream().map(cause -> finding(cause, seen, fetched)).toList();
  }

  /// Those about the same thing together, also if only a third one says that they are.
  private static List<List<Advisory>> causes(List<Advisory> advisories) {
    List<List<Advisory>> causes = new ArrayList<>();
    for (Advisory one : advisories) {
      List<List<Advisory>> same =
          causes.stream().filter(cause -> cause.stream().anyMatch(one::isSameAs)).toList();
      List<Advisory> together = new ArrayList<>();
      same.forEach(together::addAll);
      together.add(one);
      causes.removeAll(same);
      causes.add(together);
    }
    return causes;
  }

  private Finding finding(List<Advisory> cause, List<Seen> seen, List<Download> fetched) {
    boolean malware = cause.stream().anyMatch(Advisory::isMalware);
    List<Seen> touched =
        seen.stream()
            // Who has malware concerns people also when its bytes are gone from here.
            .filter(one -> one.kept() || malware)
            .filter(one -> isTouched(cause, one))
            .toList();
    Set<Occurrence.Spot> spots = touched.stream().map(Seen::spot).collect(Collectors.toSet());
    var lifting = lifting(cause, malware);
    return new Finding(
        new Cause(
            malware ? Cause.Type.MALWARE : Cause.Type.VULNERABILITY,
            cause.getFirst().id(),
            names(cause)),
        text(cause),
        touched.stream().map(one -> one.occurrence(one.isWaived(lifting, now))).toList(),
        malware
            ? together(fetched.stream().filter(one -> spots.contains(spot(one))).toList())
            : List.of());
  }

  private static boolean isTouched(List<Advisory> cause, Seen one) {
    Version number = one.number();
    return number != null
        && cause.stream()
            .filter(advisory -> advisory.isOwn() || !one.internal())
            .anyMatch(advisory -> advisory.affected().touches(number));
  }

  private static Seen.Lifting lifting(List<Advisory> cause, boolean malware) {
    PolicyName policy = malware ? PolicyName.MALWARE : PolicyName.VULNERABILITIES;
    return new Seen.Lifting(
        policy, cause.stream().map(one -> policy.text() + ":" + one.id()).toList());
  }

  private static Set<String> names(List<Advisory> cause) {
    Set<String> names = new LinkedHashSet<>();
    cause.forEach(one -> {
      names.add(one.id());
      names.addAll(one.aliases());
    });
    return names;
  }

  private Finding.Text text(List<Advisory> cause) {
    Severity worst =
        cause.stream().map(Advisory::severity).max(Comparator.naturalOrder()).orElseThrow();
    String summary =
        cause.stream()
            .map(Advisory::summary)
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("%s in %s".formatted(cause.getFirst().id(), name));
    String url =
        cause.stream().map(Advisory::url).filter(Objects::nonNull).findFirst().orElse(null);
    return new Finding.Text(worst.word(), summary, url);
  }

  private static Occurrence.Spot spot(Download one) {
    return new Occurrence.Spot(one.registryId(), one.version());
  }

  private record Key(Occurrence.Spot spot, Fetcher who) {}

  /// The days of one fetcher together.
  private static List<Download> together(List<Download> fetched) {
    Map<Key, Download> all = new LinkedHashMap<>();
    for (Download one : fetched) {
      all.merge(new Key(spot(one), one.who()), one, AdvisoryFindings::both);
    }
    return List.copyOf(all.values());
  }

  private static Download both(Download one, Download other) {
    return new Download(
        one.registryId(),
        one.name(),
        one.version(),
        one.who(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last(),
        one.times() + other.times());
  }
}
