package dev.gatehouse.upstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/// Writes a publish document with the tarball encoded as it goes. The length is known beforehand,
/// since registries measure and refuse by it.
final class PublishEntity extends AbstractHttpEntity {
  // A multiple of three, so that every piece encodes without padding but the last.
  private static final int PIECE = 48 << 10;

  private final PublishBody body;
  private final byte[] head;
  private final byte[] tail;

  PublishEntity(PublishBody body) {
    super(ContentType.APPLICATION_JSON, null);
    this.body = body;
    this.head = head(body);
    String end = "\",\"length\":" + body.length() + "}" + text(body.text()) + "}}";
    this.tail = end.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long getContentLength() {
    return head.length + (body.length() + 2) / 3 * 4 + tail.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    try (InputStream tarball = open()) {
      long sent = 0;
      for (byte[] piece = next(tarball); piece.length > 0; piece = next(tarball)) {
        sent += piece.length;
        if (sent > body.length()) {
          break;
        }
        out.write(Base64.getEncoder().encode(piece));
      }
      if (sent != body.length()) {
        throw ours(new IOException("A tarball has another length than was said."));
      }
    }
    out.write(tail);
  }

  private InputStream open() {
    try {
      return body.tarball().open();
    } catch (IOException e) {
      throw ours(e);
    }
  }

  private static byte[] next(InputStream tarball) {
    try {
      return tarball.readNBytes(PIECE);
    } catch (IOException e) {
      throw ours(e);
    }
  }

  /// A fault of our own, which must not read as one of the upstream.
  private static UncheckedIOException ours(IOException cause) {
    return new UncheckedIOException("A tarball to push cannot be read", cause);
  }

  /// The document without its last brace, and what comes before the tarball's first byte.
  private static byte[] head(PublishBody body) {
    int end = body.document().lastIndexOf('}');
    if (end < 0 || body.document().substring(0, end).strip().length() < 2) {
      throw new IllegalArgumentException("A publish document is a JSON object with fields.");
    }
    String opening =
        ",\"_attachments\":{\""
            + quoted(body.attachment())
            + "\":{\"content_type\":\"application/octet-stream\",\"data\":\"";
    return (body.document().substring(0, end) + opening).getBytes(StandardCharsets.UTF_8);
  }

  /// The other attachment as clients send it: text in JSON, its length in characters.
  private static String text(PublishBody.@Nullable Text text) {
    return text == null
        ? ""
        : ",\"%s\":{\"content_type\":\"%s\",\"data\":\"%s\",\"length\":%d}"
            .formatted(
                quoted(text.attachment()),
                quoted(text.contentType()),
                quoted(text.content()),
                text.content().length());
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("This body is only written.");
  }

  @Override
  public void close() {}
}
