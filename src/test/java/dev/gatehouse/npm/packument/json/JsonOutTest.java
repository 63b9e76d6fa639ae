package dev.gatehouse.npm.packument.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.testing.Randomly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonOutTest {

  @Test
  void quotesAnyTextSoThatItReadsBackAsItself() {
    var json = new ObjectMapper();
    Randomly.check(random -> {
      String text = Randomly.text(random);
      assertThat(json.readTree(JsonOut.quote(text)).textValue()).isEqualTo(text);
    });
  }

  @Test
  void writesALoneSurrogateAsAnEscape() {
    assertThat(new String(JsonOut.quote("a\ud83d\"\ud83d\ude00\n"), StandardCharsets.UTF_8))
        .isEqualTo("\"a\\ud83d\\\"\ud83d\ude00\\u000a\"");
  }

  @Test
  void keepsTheOrderOfPiecesLargerAndSmallerThanItsBuffer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOut out = new JsonOut(bytes);
    StringBuilder expected = new StringBuilder();
    for (int length : new int[] {1, 16_383, 1, 16_384, 16_385, 7, 40_000, 0, 9000, 9000}) {
      String piece = Character.toString('a' + length % 26).repeat(length);
      out.ascii(piece).raw(piece.getBytes(StandardCharsets.US_ASCII));
      expected.append(piece).append(piece);
    }
    out.flush();
    assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
  }
}
