package dev.gatehouse.web.api.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.junit.jupiter.api.Test;

final class RunningExportsTest {
  private static final long ADA = 1;
  private static final long BOB = 2;

  private final RunningExports exports = new RunningExports();

  @Test
  void letsAnAccountHaveTwoAtOnceAndOthersTheirs() {
    exports.run(
        ADA,
        () ->
            exports.run(
                ADA,
                () -> {
                  assertThatThrownBy(() -> exports.requireRoom(ADA))
                      .isInstanceOfSatisfying(
                          ProblemException.class,
                          refused -> {
                            assertThat(refused.problem()).isInstanceOf(Problem.Busy.class);
                            assertThat(refused.problem().sentence()).contains("2 times already");
                          });
                  assertThatThrownBy(() -> exports.run(ADA, () -> {}))
                      .isInstanceOf(ProblemException.class);
                  exports.requireRoom(BOB);
                  exports.run(BOB, () -> {});
                }));
    exports.requireRoom(ADA);
  }

  @Test
  void givesTheRoomBackWhenAnExportFails() {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() ->
              exports.run(
                  ADA,
                  () -> {
                    throw new IllegalStateException("the client is gone");
                  }))
          .isInstanceOf(IllegalStateException.class);
    }
    exports.requireRoom(ADA);
    exports.run(ADA, () -> {});
  }

  @Test
  void countsNobodyTwiceWhoWasRefused() {
    exports.run(
        ADA,
        () -> {
          exports.run(
              ADA,
              () ->
                  assertThatThrownBy(() -> exports.run(ADA, () -> {}))
                      .isInstanceOf(ProblemException.class));
          exports.requireRoom(ADA);
        });
  }
}
