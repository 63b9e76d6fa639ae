package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.pattern.PackagePattern;
import dev.gatehouse.policy.rule.pattern.PatternList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Refuses what a list names; or, in allow-only mode, all of others that it does not name.
public final class BlockList implements Policy {
  private final Settings settings;
  private final PatternList list;

  /// Its settings.
  ///
  /// @param list patterns: `react`, `react*`, `@scope/*`, `react@0.0.1`, `react 1.0.0 - 1.2.0 ||
  ///   >2`
  /// @param allowOnly whether the list says what may enter, and nothing else may; what is published
  ///   here always may
  /// @param action what is done with what may not
  public record Settings(List<String> list, boolean allowOnly, Action action) {
    /// An empty list.
    public static final Settings DEFAULT = new Settings(List.of(), false, Action.BLOCK);

    /// Keeps its own copy.
    public Settings {
      list = List.copyOf(list);
    }
  }

  /// The policy with these settings.
  public BlockList(Settings settings) {
    this.settings = settings;
    this.list = PatternList.parse(settings.list());
  }

  @Override
  public PolicyName name() {
    return PolicyName.BLOCK_LIST;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of();
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    return settings.allowOnly() ? allowOnly(facts) : refuse(facts);
  }

  private Finding refuse(Facts facts) {
    PackagePattern pattern = list.refusing(facts.subject());
    if (pattern == null) {
      return Finding.PASSED;
    }
    return settings
        .action()
        .finding(
            new Reason(
                name(),
                facts.subject() + " is on this registry's block list: " + pattern + ".",
                Map.of("pattern", pattern.toString(), "cause", pattern.toString())));
  }

  private Finding allowOnly(Facts facts) {
    if (facts.subject().hosted() || list.allows(facts.subject())) {
      return Finding.PASSED;
    }
    return settings
        .action()
        .finding(
            Reason.of(
                name(), facts.subject() + " is not on the list of what this registry allows."));
  }
}
