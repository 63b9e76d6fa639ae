package dev.gatehouse.access.secret;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.OperatingSystemMXBean;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void storesArgon2idAtItsRecommendedCostWithAFreshSalt() {
    String one = passwords.hash("correct horse");
    String other = passwords.hash("correct horse");

    assertThat(one)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}")
        .isNotEqualTo(other);
    assertThat(passwords.matches("correct horse", one)).isTrue();
    assertThat(passwords.matches("correct horse", other)).isTrue();
    assertThat(passwords.matches("correct horsf", one)).isFalse();
  }

  @Test
  void agreesWithTheReferenceImplementation() {
    // From the test vectors of the reference implementation: m=256 KiB, t=2, p=1.
    String reference =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    assertThat(passwords.matches("password", reference)).isTrue();
    assertThat(passwords.matches("Password", reference)).isFalse();
  }

  @Test
  void takesBothSpellingsOfAnAccentForOne() {
    String stored = passwords.hash("caf\u00e9 au lait");

    assertThat(passwords.matches("cafe\u0301 au lait", stored)).isTrue();
  }

  @Test
  void isNeverRightWithoutAStoredPassword() {
    assertThat(passwords.matches("", null)).isFalse();
    assertThat(passwords.matches("anything", null)).isFalse();
    assertThat(passwords.matches("anything", "")).isFalse();
    assertThat(passwords.matches("anything", "anything")).isFalse();
  }

  @Test
  void anUnknownUserCostsAHashToo() {
    passwords.matches("warm up", null);
    long unknown = work(() -> passwords.matches("anything", null));
    long known = work(() -> passwords.hash("anything"));

    assertThat(unknown).isGreaterThan(known / 5);
  }

  /// What this process computes, in nanoseconds: a machine that is busy with others adds nothing.
  private static long work(Runnable task) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    task.run();
    return system.getProcessCpuTime() - before;
  }

  @Test
  void refusesPasswordsThatAreTooShortTooLongOrTooPlain() {
    for (String bad : List.of("", "1234567", "x".repeat(257), "adalovelace", "aaaaaaaaa")) {
      assertThatProblem(
              Problem.Malformed.class, () -> Passwords.requireAcceptable("adalovelace", bad))
          .isNotEmpty();
    }
    for (String good : List.of("12345678", "xy".repeat(128), "\ud83d\ude00ab".repeat(3))) {
      assertThatCode(() -> Passwords.requireAcceptable("ada", good)).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesWorkInsteadOfLettingItPileUp() throws Exception {
    List<Callable<Boolean>> flood = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      flood.add(() -> {
        try {
          return passwords.matches("anything", null);
        } catch (ProblemException busy) {
          return busy.problem() instanceof Problem.Busy;
        }
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(flood);
      assertThat(results).extracting(future -> future.get()).contains(true, false);
    }
  }
}
