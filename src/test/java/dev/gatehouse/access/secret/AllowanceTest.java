package dev.gatehouse.access.secret;

import static dev.gatehouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.TestingClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AllowanceTest {
  private final TestingClock clock = new TestingClock();
  private final Allowance allowance = new Allowance(clock, 2, Duration.ofHours(1));

  private void take(String key) {
    allowance.take(key, "Too often.");
  }

  @Test
  void refusesWhatIsTooOftenUntilTheWindowIsOver() {
    take("a");
    clock.advance(Duration.ofMinutes(20));
    take("a");
    Problem.Busy busy = problem(Problem.Busy.class, () -> take("a"));
    assertThat(busy.sentence()).isEqualTo("Too often.");
    assertThat(busy.retryAfter()).isEqualTo(Duration.ofMinutes(40));
    assertThat(busy.tooMany()).isTrue();
    take("b");
    clock.advance(Duration.ofMinutes(40));
    take("a");
  }

  @Test
  void forgets() {
    take("a");
    take("a");
    allowance.forget("a");
    take("a");
  }

  @Test
  void countsANetworkOfSixthVersionAddressesAsOne() throws UnknownHostException {
    for (int i = 1; i <= 2; i++) {
      allowance.take(InetAddress.getByName("2001:db8::" + i), "Too often.");
    }
    problem(
        Problem.Busy.class,
        () -> allowance.take(InetAddress.getByName("2001:db8::ffff:1"), "Too often."));
    allowance.take(InetAddress.getByName("2001:db8:0:1::1"), "Too often.");
  }
}
