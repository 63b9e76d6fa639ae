package dev.gatehouse.npm.packument.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Walks the tokens of a document and knows where in the bytes it stands. Values are passed over
/// without being decoded; Jackson checks their syntax all the same.
public final class JsonCursor implements AutoCloseable {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_TEXT = 1 << 16;

  /// Jackson keeps a table of the names of a document, and filling it with long ones takes time
  /// that grows with the square of their total length. The limit leaves room for thousands of
  /// versions that each have some odd names.
  private static final int LONG_NAME = 200;

  private static final int MAX_LONG_NAMES = 1 << 23;

  /// Version numbers are keys, so names are not interned: they would fill the table of the JVM.
  /// Charset detection is off because offsets are only true for UTF-8.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .build();

  private final byte[] json;
  private final int base;
  private final JsonParser parser;
  private int longNames;

  /// A cursor before the first token of the JSON at `[from, to)`.
  public JsonCursor(byte[] json, int from, int to) throws IOException {
    this.json = json;
    this.base = from;
    this.parser = FACTORY.createParser(json, from, to - from);
  }

  /// Moves to the next token; null at the end of the document.
  public @Nullable JsonToken next() throws IOException {
    return parser.nextToken();
  }

  /// Moves to the next field of the object that the cursor is in and gives its name, unescaped;
  /// null once the object ends. The cursor stands on the name.
  public @Nullable String nextField() throws IOException {
    return parser.nextToken() == JsonToken.FIELD_NAME ? countedName() : null;
  }

  public boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  /// The offset of the first byte of the current token.
  public int position() {
    return base + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /// The text of the current token if it is a string, else null.
  public @Nullable String text() throws IOException {
    return at(JsonToken.VALUE_STRING) ? parser.getText() : null;
  }

  /// Whether the current value says yes: `true`, or a text that is not empty. A text is not read to
  /// its end yet, so the document may stop right behind its first quote.
  public boolean truthy() {
    if (!at(JsonToken.VALUE_STRING)) {
      return at(JsonToken.VALUE_TRUE);
    }
    int inside = position() + 1;
    return inside < json.length && json[inside] != '"';
  }

  /// Passes over the current value.
  public void skip() throws IOException {
    int depth = parser.currentToken().isStructStart() ? 1 : 0;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        countedName();
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
  }

  private String countedName() throws IOException {
    String name = parser.currentName();
    if (name.length() > LONG_NAME) {
      longNames += name.length();
      if (longNames > MAX_LONG_NAMES) {
        throw new StreamConstraintsException("too many long names");
      }
    }
    return name;
  }

  /// Passes over the current value and gives the offset after its last byte.
  public int skipToEnd() throws IOException {
    int start = position();
    if (parser.currentToken().isStructStart()) {
      skip();
      return position() + 1;
    }
    return json[start] == '"' ? endOfString(start) : endOfScalar(start);
  }

  /// The offset after the string that starts at `start`. The parser checks it when it moves on.
  private int endOfString(int start) {
    int at = start + 1;
    while (at < json.length && json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, json.length);
  }

  private int endOfScalar(int start) {
    int at = start;
    while (at < json.length && isScalar(json[at])) {
      at++;
    }
    return at;
  }

  private static boolean isScalar(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == '-'
        || b == '+'
        || b == '.'
        || b == 'E';
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
