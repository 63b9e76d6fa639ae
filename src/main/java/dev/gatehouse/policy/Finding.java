package dev.gatehouse.policy;

import dev.gatehouse.policy.fact.FactKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one policy says of one version, before anybody's decision about it.
public sealed interface Finding {
  /// Nothing to object to.
  Finding PASSED = new Passed(null);

  /// Nothing to object to; perhaps something to warn of.
  record Passed(@Nullable Reason warning) implements Finding {}

  /// Something to object to; one verdict for each cause, none of them [Verdict.Allow].
  record Objection(List<Verdict> verdicts) implements Finding {
    /// Keeps its own copy.
    public Objection {
      verdicts = List.copyOf(verdicts);
    }

    /// All causes together.
    public Verdict verdict() {
      return verdicts.stream().reduce(Verdict.allow(), Verdict::and);
    }
  }

  /// Nothing to object to in what is known; these facts are pending.
  record Waiting(Set<FactKind> kinds) implements Finding {
    /// Keeps its own copy.
    public Waiting {
      kinds = Set.copyOf(kinds);
    }
  }

  /// An objection with one cause.
  static Finding objection(Verdict verdict) {
    return new Objection(List.of(verdict));
  }

  /// All of these, or passed if there are none.
  static Finding of(List<Verdict> verdicts) {
    return verdicts.isEmpty() ? PASSED : new Objection(verdicts);
  }
}
