package dev.gatehouse.npm.packument.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Randomly;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final int[] EDGES = {
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
    0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
  };

  @Test
  void agreesWithTheStrictDecoderOnEveryEdge() {
    for (int first : EDGES) {
      for (int second : EDGES) {
        for (int third : EDGES) {
          for (int fourth : EDGES) {
            requireAgreement(new byte[] {(byte) first, (byte) second, (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  @Test
  void takesAnyWellFormedTextWhereverItsCharactersLie() {
    Randomly.check(random -> {
      String text = "ascii ascii " + Randomly.text(random) + " ascii";
      assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    });
  }

  @Test
  void agreesWithTheStrictDecoderOnAnyBytes() {
    Randomly.check(random -> requireAgreement(Randomly.bytes(random)));
  }

  private static void requireAgreement(byte[] bytes) {
    assertThat(Utf8.isValid(bytes)).isEqualTo(decodes(bytes));
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
