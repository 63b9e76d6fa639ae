package dev.gatehouse.web.npm.why;

import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.judge.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the policies say of one version, in the words of the JSON form and of the page.
///
/// @param verdict `allow`, `hold`, `quarantine` or `block`
/// @param until when a hold ends, ISO 8601; else null
/// @param registries the opinion of each registry on the way, the one that was asked first
record Why(
    String name, String version, String verdict, @Nullable String until, List<Opinion> registries) {

  /// What one registry's policies say. `registry` is its name.
  record Opinion(String registry, List<Line> policies) {}

  /// One policy.
  ///
  /// @param mode `off`, `observe` or `enforce`
  /// @param outcome such as `passed`, `withholds`, `would-withhold`
  record Line(String policy, String mode, String outcome, List<Said> reasons) {}

  /// A sentence and what it rests on.
  record Said(String sentence, Map<String, String> evidence) {}

  /// Names registries by their ids.
  interface Names {
    String of(long registryId);
  }

  static Why of(String name, String version, Ruling ruling, Names names) {
    Instant until = ruling.verdict() instanceof Verdict.Hold(Instant end, _) ? end : null;
    return new Why(
        name,
        version,
        ruling.verdict().word(),
        until == null ? null : until.toString(),
        ruling.opinions().stream()
            .map(one ->
                new Opinion(
                    names.of(one.registryId()),
                    one.judgement().allOutcomes().stream().map(Why::line).toList()))
            .toList());
  }

  boolean isServed() {
    return verdict.equals("allow");
  }

  private static Line line(Outcome outcome) {
    return new Line(
        outcome.policy().text(), word(outcome.mode()), word(outcome.state()), said(outcome));
  }

  private static List<Said> said(Outcome outcome) {
    List<Said> said = new ArrayList<>();
    switch (outcome.finding()) {
      case Finding.Passed(Reason warning) -> {
        if (warning != null) {
          said.add(said(warning));
        }
      }
      case Finding.Objection objection ->
          objection.verdict().reasons().forEach(reason -> said.add(said(reason)));
      case Finding.Waiting(var kinds) ->
          said.add(
              new Said(
                  "It is judged when the tarball is here: "
                      + String.join(", ", kinds.stream().map(Why::word).sorted().toList())
                      + ".",
                  Map.of()));
    }
    return said;
  }

  private static Said said(Reason reason) {
    return new Said(reason.sentence(), reason.evidence());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
