package dev.gatehouse.npm.packument.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

  @Property
  void takesAnyWellFormedTextWhereverItsCharactersLie(@ForAll String text) {
    byte[] bytes = ("ascii ascii " + text + " ascii").getBytes(StandardCharsets.UTF_8);
    assertThat(Utf8.isValid(bytes)).isTrue();
  }

  @Property
  void agreesWithTheStrictDecoderOnAnyBytes(@ForAll byte[] bytes) {
    requireAgreement(bytes);
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
