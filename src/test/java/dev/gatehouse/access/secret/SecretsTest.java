package dev.gatehouse.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void drawsEveryCharacterAboutEquallyOften() {
    Map<Integer, Integer> counts = new HashMap<>();
    String drawn = Secrets.draw(620_000);
    drawn.chars().forEach(c -> counts.merge(c, 1, Integer::sum));

    assertThat(drawn).hasSize(620_000).matches("[0-9A-Za-z]+");
    assertThat(counts).hasSize(62);
    // 10,000 expected; six standard deviations, while "byte modulo 62" would give eight
    // characters 12,100.
    assertThat(counts.values()).allMatch(count -> Math.abs(count - 10_000) < 600);
  }

  @Test
  void hashesAsTheStandardSays() {
    assertThat(Secrets.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
