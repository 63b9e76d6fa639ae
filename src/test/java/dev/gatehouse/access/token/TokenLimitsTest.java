package dev.gatehouse.access.token;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {
  private static final Instant DAY = Instant.parse("2027-01-01T00:00:00Z");
  private static final TokenLimits PARENT =
      new TokenLimits(false, Set.of(1L, 2L), ranges("10.0.0.0/8", "192.0.2.0/24"), DAY);

  @Test
  void inheritsWhatIsLeftOpen() {
    assertThat(TokenLimits.NONE.within(PARENT)).isEqualTo(PARENT);
    assertThat(TokenLimits.NONE.within(TokenLimits.NONE)).isEqualTo(TokenLimits.NONE);
  }

  @Test
  void keepsWhatIsNarrower() {
    var narrower =
        new TokenLimits(true, Set.of(2L), ranges("10.1.0.0/16", "192.0.2.9"), DAY.minusSeconds(1));

    assertThat(narrower.within(PARENT)).isEqualTo(narrower);
    assertThat(narrower.within(TokenLimits.NONE)).isEqualTo(narrower);
  }

  @Test
  void refusesOtherRegistries() {
    refuses(new TokenLimits(false, Set.of(2L, 3L), List.of(), null), "other registries");
  }

  @Test
  void refusesOtherAddresses() {
    refuses(
        new TokenLimits(false, Set.of(), ranges("10.1.0.0/16", "11.0.0.0/8"), null),
        "other addresses");
    refuses(new TokenLimits(false, Set.of(), ranges("0.0.0.0/0"), null), "other addresses");
  }

  @Test
  void refusesALaterExpiry() {
    refuses(new TokenLimits(false, Set.of(), List.of(), DAY.plusMillis(1)), "expires earlier");
    assertThat(new TokenLimits(false, Set.of(), List.of(), DAY).within(PARENT)).isEqualTo(PARENT);
  }

  @Test
  void aReadOnlyTokenMakesNoneAtAll() {
    var readOnly = new TokenLimits(true, Set.of(), List.of(), null);

    assertThatProblem(Problem.Forbidden.class, () -> readOnly.within(readOnly))
        .contains("is read-only");
  }

  private static void refuses(TokenLimits wider, String why) {
    assertThatProblem(Problem.Forbidden.class, () -> wider.within(PARENT)).contains(why);
  }

  private static List<AddressRange> ranges(String... texts) {
    return List.of(texts).stream().map(AddressRange::of).toList();
  }
}
