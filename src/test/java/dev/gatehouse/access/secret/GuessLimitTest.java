package dev.gatehouse.access.secret;

import static dev.gatehouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.TestingClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

  private final TestingClock clock = new TestingClock();
  private final GuessLimit limit = new GuessLimit(clock);

  @Test
  void refusesTheEleventhGuessAndSaysWhenToComeBack() {
    guess(10, "ada", HERE);

    Problem.Busy busy = problem(Problem.Busy.class, () -> limit.begin("ada", HERE));
    assertThat(busy.tooMany()).isTrue();
    assertThat(busy.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(busy.sentence())
        .isEqualTo("Too many wrong passwords. Try again in 1 minute; tokens work meanwhile.");
  }

  @Test
  void doublesThePauseUpToAnHour() {
    Duration pause = Duration.ofMinutes(1);
    for (int round = 0; round < 9; round++) {
      guess(10, "ada", HERE);
      assertThat(problem(Problem.Busy.class, () -> limit.begin("ada", HERE)).retryAfter())
          .isEqualTo(pause);
      clock.advance(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : pause;
    }
  }

  @Test
  void doesNotProlongThePauseForKnockingMeanwhile() {
    guess(10, "ada", HERE);
    problem(Problem.Busy.class, () -> limit.begin("ada", HERE));
    clock.advance(Duration.ofSeconds(59));
    problem(Problem.Busy.class, () -> limit.begin("ada", HERE));
    clock.advance(Duration.ofSeconds(1));

    assertThatCode(() -> limit.begin("ada", HERE)).doesNotThrowAnyException();
  }

  @Test
  void forgetsAfterFiveMinutes() {
    guess(10, "ada", HERE);
    clock.advance(Duration.ofMinutes(5));

    guess(10, "ada", HERE);
  }

  @Test
  void startsAnewAfterARightPassword() {
    for (int i = 0; i < 300; i++) {
      limit.begin("ada", HERE);
      limit.succeeded("ada", HERE);
    }
    guess(10, "ada", HERE);
  }

  @Test
  void aRightPasswordOfOneAccountBuysNoGuessesAtAnother() {
    for (int i = 0; i < 10; i++) {
      limit.begin("mallory", HERE);
      limit.succeeded("mallory", HERE);
      limit.begin("ada", HERE);
    }
    problem(Problem.Busy.class, () -> limit.begin("ada", HERE));
  }

  @Test
  void leavesTheSameAccountAloneAtAnotherAddress() {
    guess(10, "ada", HERE);
    problem(Problem.Busy.class, () -> limit.begin("ada", HERE));

    limit.begin("ada", InetAddress.ofLiteral("192.0.2.2"));
  }

  @Test
  void stopsAnAddressThatTriesManyAccounts() {
    IntStream.range(0, 50).forEach(i -> limit.begin("user" + i, HERE));

    problem(Problem.Busy.class, () -> limit.begin("another", HERE));
    limit.begin("another", InetAddress.ofLiteral("192.0.2.2"));
  }

  @Test
  void oneWhoKnocksInALoopDoesNotShutOutTheirNeighbours() {
    guess(10, "ada", HERE);
    IntStream.range(0, 500)
        .forEach(_ -> problem(Problem.Busy.class, () -> limit.begin("ada", HERE)));

    limit.begin("grace", HERE);
  }

  @Test
  void stopsManyAddressesThatTryOneAccount() {
    IntStream.range(0, 200)
        .forEach(i -> limit.begin("ada", InetAddress.ofLiteral("198.51.100." + i)));

    problem(Problem.Busy.class, () -> limit.begin("ada", InetAddress.ofLiteral("198.51.100.201")));
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    IntStream.range(1, 11)
        .forEach(i -> limit.begin("ada", InetAddress.ofLiteral("2001:db8:0:1::" + i)));

    problem(
        Problem.Busy.class, () -> limit.begin("ada", InetAddress.ofLiteral("2001:db8:0:1::ff")));
    limit.begin("ada", InetAddress.ofLiteral("2001:db8:0:2::1"));
  }

  private void guess(int times, String account, InetAddress address) {
    IntStream.range(0, times).forEach(_ -> limit.begin(account, address));
  }
}
