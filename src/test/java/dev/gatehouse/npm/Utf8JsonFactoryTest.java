package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Utf8JsonFactoryTest {
  private final JsonFactory factory = BoundedJson.factory(1_000, 1_000);

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"pad\"}", "\ufeff{\"name\":\"pad\"}", "{\"name\":\"päd €\"}"})
  void readsUtf8WithAByteOrderMarkOrWithoutOne(String json) throws IOException {
    String name = json.substring(json.indexOf(':') + 2, json.length() - 2);
    assertThat(name(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void takesNoOtherEncodingForJson(String encoding) {
    refuses("{\"name\":\"pad\"}".getBytes(Charset.forName(encoding)));
  }

  @Test
  void takesABrokenEncodingForBrokenJson() {
    refuses(new byte[] {0, 0, 0, '{', 'k', '!', '{', 0});
  }

  private void refuses(byte[] json) {
    assertThatThrownBy(
            () -> {
              try (JsonParser parser = factory.createParser(json)) {
                while (parser.nextToken() != null) {
                  // To the end, where all is well.
                }
              }
            })
        .isInstanceOf(JacksonException.class);
  }

  private String name(byte[] json) throws IOException {
    try (JsonParser bytes = factory.createParser(json);
        JsonParser stream = factory.createParser(new ByteArrayInputStream(json));
        JsonParser part = factory.createParser(padded(json), 2, json.length)) {
      String name = name(bytes);
      assertThat(name(stream)).isEqualTo(name);
      assertThat(name(part)).isEqualTo(name);
      return name;
    }
  }

  private static String name(JsonParser parser) throws IOException {
    parser.nextToken();
    assertThat(parser.nextFieldName()).isEqualTo("name");
    return parser.nextTextValue();
  }

  private static byte[] padded(byte[] json) {
    byte[] padded = new byte[json.length + 4];
    System.arraycopy(json, 0, padded, 2, json.length);
    return padded;
  }
}
