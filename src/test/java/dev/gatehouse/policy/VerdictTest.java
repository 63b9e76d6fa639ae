package dev.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Reason> WHY = List.of(Reason.of(PolicyName.DELAY, "It is young."));

  /// From mild to strict.
  private static final List<Verdict> LADDER =
      List.of(
          Verdict.allow(),
          new Verdict.Hold(NOON, WHY),
          new Verdict.Hold(NOON.plusSeconds(1), WHY),
          new Verdict.Quarantine(WHY),
          new Verdict.Block(WHY));

  @Test
  void theStricterWinsInEitherOrder() {
    for (int mild = 0; mild < LADDER.size(); mild++) {
      for (int strict = mild; strict < LADDER.size(); strict++) {
        assertThat(rung(LADDER.get(mild).and(LADDER.get(strict)))).isEqualTo(strict);
        assertThat(rung(LADDER.get(strict).and(LADDER.get(mild)))).isEqualTo(strict);
      }
    }
  }

  @Test
  void everyReasonIsKept() {
    for (Verdict one : LADDER) {
      for (Verdict other : LADDER) {
        List<Reason> all = new ArrayList<>(one.reasons());
        all.addAll(other.reasons());
        assertThat(one.and(other).reasons()).isEqualTo(all);
      }
    }
  }

  @Test
  void onlyAllowServes() {
    assertThat(LADDER).filteredOn(one -> !one.withholds()).containsExactly(Verdict.allow());
  }

  private static int rung(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> 0;
      case Verdict.Hold(Instant until, _) -> until.equals(NOON) ? 1 : 2;
      case Verdict.Quarantine _ -> 3;
      case Verdict.Block _ -> 4;
    };
  }
}
