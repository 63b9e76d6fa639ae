package dev.gatehouse.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.Problems;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private final Room room = new Room(1, "Try again.", Duration.ofSeconds(3));

  @Test
  void sendsAwayWhoComesWhenItIsFull() {
    String said =
        room.with(() -> {
          Problems.assertThatProblem(Problem.Busy.class, () -> room.with(() -> "second"))
              .isEqualTo("Try again.");
          return "first";
        });
    assertThat(said).isEqualTo("first");
  }

  @Test
  void isFreeAgainAfterAFailure() {
    assertThatThrownBy(() -> room.with(RoomTest::fail)).isInstanceOf(IOException.class);
    assertThat(room.with(() -> "next")).isEqualTo("next");
  }

  private static String fail() throws IOException {
    throw new IOException("no disk");
  }
}
