package dev.gatehouse.npm.packument.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes JSON in pieces: ranges of bytes that are JSON already, and texts that become JSON
/// strings. It gathers small pieces, since the stream behind it is usually a compressor.
public final class JsonOut {
  private static final int CAPACITY = 1 << 14;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private int used;

  /// A writer to `out`, which it never closes.
  public JsonOut(OutputStream out) {
    this.out = out;
  }

  /// Writes bytes that are valid JSON where they stand.
  public JsonOut raw(byte[] json, int from, int to) throws IOException {
    int length = to - from;
    if (length > CAPACITY - used) {
      flush();
    }
    if (length > CAPACITY) {
      out.write(json, from, length);
      return this;
    }
    System.arraycopy(json, from, buffer, used, length);
    used += length;
    return this;
  }

  /// Writes all of `json`.
  public JsonOut raw(byte[] json) throws IOException {
    return raw(json, 0, json.length);
  }

  /// Writes JSON that is plain ASCII: punctuation, names known here, version numbers.
  @SuppressWarnings("deprecation") // this getBytes is made for Latin-1 texts that go into a buffer
  public JsonOut ascii(String json) throws IOException {
    int length = json.length();
    if (length > CAPACITY - used) {
      flush();
    }
    if (length > CAPACITY) {
      out.write(json.getBytes(StandardCharsets.US_ASCII));
      return this;
    }
    json.getBytes(0, length, buffer, used);
    used += length;
    return this;
  }

  /// Writes `text` as a JSON string. Whatever `text` holds, the output is well-formed UTF-8: a lone
  /// surrogate is written as an escape.
  public JsonOut quoted(String text) throws IOException {
    return raw(quote(text));
  }

  /// `text` as a JSON string.
  public static byte[] quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (paired) {
        json.append(c).append(text.charAt(++i));
      } else {
        appendEscaped(json, c);
      }
    }
    return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendEscaped(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ' || Character.isSurrogate(c)) {
      json.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        json.append((char) HEX[(c >> shift) & 0xf]);
      }
    } else {
      json.append(c);
    }
  }

  /// Hands everything gathered to the stream behind.
  public void flush() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }
}
