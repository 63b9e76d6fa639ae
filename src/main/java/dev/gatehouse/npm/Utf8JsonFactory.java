package dev.gatehouse.npm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.TSFBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;

/// Reads bytes as UTF-8 and as nothing else, which is what JSON is where it travels (RFC 8259,
/// §8.1). Jackson would look for UTF-16 and UTF-32 too, and fail on a broken one as if reading
/// itself had failed; its own switch for that does not go with names that are not canonicalised.
final class Utf8JsonFactory extends JsonFactory {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  Utf8JsonFactory(JsonFactoryBuilder settings) {
    super(settings);
  }

  /// For whoever reads text: what was built anew is no longer of this class.
  @Override
  public TSFBuilder<?, ?> rebuild() {
    return new JsonFactoryBuilder(this);
  }

  @Override
  public String getFormatName() {
    return FORMAT_NAME_JSON;
  }

  @Override
  public JsonParser createParser(InputStream in) throws IOException {
    var reader = new PushbackReader(new InputStreamReader(in, UTF_8));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return createParser(reader);
  }

  @Override
  public JsonParser createParser(byte[] data) throws IOException {
    return createParser(new ByteArrayInputStream(data));
  }

  @Override
  public JsonParser createParser(byte[] data, int offset, int length) throws IOException {
    return createParser(new ByteArrayInputStream(data, offset, length));
  }
}
