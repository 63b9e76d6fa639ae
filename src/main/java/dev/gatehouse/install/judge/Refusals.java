package dev.gatehouse.install.judge;

import dev.gatehouse.npm.packument.PackumentView.Restrictions;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.problem.Problem;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What clients are told of versions that are withheld: which rule, why, until when, and where to
/// read more.
public final class Refusals {
  private static final int REASONS_TOLD = 3;
  private static final int VERSIONS_TOLD = 5;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Refusals() {}

  /// For whoever asks for a withheld version of `name` under the registry's URL `base`.
  public static Problem.Withheld of(String base, String name, String version, Ruling ruling) {
    return new Problem.Withheld(
        "%s is withheld here. %s More: %s"
            .formatted(name + "@" + version, sentences(ruling), link(base, name, version)));
  }

  /// For whoever asks for a package of which nothing is served.
  public static Problem.Withheld ofAll(String base, String name, Map<Selected, Ruling> withheld) {
    Map.Entry<Selected, Ruling> newest = newestFirst(withheld).getFirst();
    return new Problem.Withheld(
        "Every version of %s is withheld here, the newest because: %s More: %s"
            .formatted(
                name, sentences(newest.getValue()), link(base, name, newest.getKey().version())));
  }

  /// For npm, which shows it to whoever asks for one of these versions.
  public static Restrictions restrictions(
      String base, String name, Map<Selected, Ruling> withheld) {
    String message =
        newestFirst(withheld).stream()
            .limit(VERSIONS_TOLD)
            .map(one ->
                "%s: %s %s"
                    .formatted(
                        one.getKey().version(),
                        sentences(one.getValue()),
                        link(base, name, one.getKey().version())))
            .collect(Collectors.joining("\n"));
    int others = withheld.size() - VERSIONS_TOLD;
    return new Restrictions(
        others > 0 ? message + "\nand %d older versions".formatted(others) : message,
        withheld.keySet().stream().map(Selected::version).toList());
  }

  private static List<Map.Entry<Selected, Ruling>> newestFirst(Map<Selected, Ruling> withheld) {
    return withheld.entrySet().stream()
        .sorted((one, other) -> other.getKey().published().compareTo(one.getKey().published()))
        .toList();
  }

  private static String sentences(Ruling ruling) {
    List<Reason> reasons = ruling.verdict().reasons();
    String told =
        reasons.stream()
            .limit(REASONS_TOLD)
            .map(reason -> "%s (policy %s).".formatted(bare(reason.sentence()), reason.policy()))
            .collect(Collectors.joining(" "));
    String more =
        reasons.size() > REASONS_TOLD
            ? " There are %d more reasons.".formatted(reasons.size() - REASONS_TOLD)
            : "";
    return told + more + until(ruling.verdict());
  }

  private static String until(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Hold(var until, _) -> " It is held until " + MINUTE.format(until) + ".";
      case Verdict.Quarantine _ -> " It waits for a person's decision.";
      case Verdict.Block _, Verdict.Allow _ -> "";
    };
  }

  private static String bare(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String link(String base, String name, String version) {
    return base + "/-/why/" + name + "@" + version.replace("+", "%2B");
  }
}
