package dev.gatehouse.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTextTest {

  @Test
  void drawsTokensThatScannersFind() {
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String text = TokenText.draw();
      assertThat(text).matches("gh_[0-9A-Za-z]{36}");
      assertThat(TokenText.isWellFormed(text)).isTrue();
      drawn.add(text);
    }
    assertThat(drawn).hasSize(1_000);
  }

  @Test
  void endsWithTheChecksumInBase62() {
    // Computed by another program: CRC-32 of thirty "a" is 1807864769.
    assertThat(TokenText.isWellFormed("gh_" + "a".repeat(30) + "1yLcDB")).isTrue();
  }

  @Test
  void noticesEverySingleWrongCharacter() {
    String text = TokenText.draw();
    for (int i = 0; i < text.length(); i++) {
      for (char c : new char[] {'0', 'z', '_', ' ', '\u00e9'}) {
        if (text.charAt(i) != c) {
          String damaged = text.substring(0, i) + c + text.substring(i + 1);
          assertThat(TokenText.isWellFormed(damaged)).as(damaged).isFalse();
        }
      }
    }
  }

  @Test
  void refusesWhatIsTooShortOrTooLong() {
    String text = TokenText.draw();

    assertThat(TokenText.isWellFormed("")).isFalse();
    assertThat(TokenText.isWellFormed("gh_")).isFalse();
    assertThat(TokenText.isWellFormed(text.substring(0, 38))).isFalse();
    assertThat(TokenText.isWellFormed(text + "0")).isFalse();
    assertThat(TokenText.isWellFormed(text.toUpperCase(Locale.ROOT))).isFalse();
  }

  @Test
  void showsOnlyTheFirstFourDrawnCharacters() {
    String text = TokenText.draw();

    assertThat(TokenText.shown(text)).isEqualTo(text.substring(0, 7) + "…");
  }
}
