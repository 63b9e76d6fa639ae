package dev.gatehouse.upstream;

import dev.gatehouse.upstream.source.UpstreamSource;
import dev.gatehouse.upstream.wire.Reply;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Receives a JSON document into a file, so that a document of any size costs one buffer of heap.
/// Both the bytes on the wire and what they decompress to are counted.
final class DocumentBody {
  private static final int BUFFER = 64 << 10;

  private final Reply reply;
  private final long limit;
  private long length;
  private int first = ' ';
  private int last = ' ';

  DocumentBody(Reply reply, long limit) {
    this.reply = reply;
    this.limit = limit;
  }

  /// The document in a new file of `directory`; nothing is left there on failure.
  DocumentAnswer.Fresh receive(Path directory) throws UpstreamException {
    Validators validators = new Validators(reply.header("ETag"), reply.header("Last-Modified"));
    try {
      Path file = Files.createTempFile(directory, "document-", ".json");
      boolean complete = false;
      try (OutputStream out = Files.newOutputStream(file)) {
        copy(out);
        complete = true;
      } finally {
        if (!complete) {
          Files.delete(file);
        }
      }
      return new DocumentAnswer.Fresh(file, length, validators);
    } catch (UpstreamException upstream) {
      throw upstream;
    } catch (IOException ours) {
      throw new UncheckedIOException("A document cannot be written to " + directory, ours);
    }
  }

  private void copy(OutputStream out) throws IOException {
    InputStream raw = reply.body(limit);
    InputStream decoded = decoded(raw);
    byte[] buffer = new byte[BUFFER];
    for (int count = read(decoded, buffer); count >= 0; count = read(decoded, buffer)) {
      length += count;
      if (length > limit) {
        throw failed("is larger than the limit of %,d bytes.".formatted(limit));
      }
      look(buffer, count);
      out.write(buffer, 0, count);
    }
    if (first != '{' || last != '}') {
      throw notJson();
    }
    if (read(raw, buffer) >= 0) {
      throw failed("does not end where it should.");
    }
  }

  private InputStream decoded(InputStream raw) throws UpstreamException {
    String encoding = reply.header("Content-Encoding");
    return switch (encoding == null ? "" : encoding.toLowerCase(Locale.ROOT)) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> gunzipped(raw);
      default -> throw failed("is compressed in a way that was not asked for.");
    };
  }

  private InputStream gunzipped(InputStream raw) throws UpstreamException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (UpstreamException upstream) {
      throw upstream;
    } catch (IOException _) {
      throw failed("claims to be compressed and is not.");
    }
  }

  private int read(InputStream from, byte[] buffer) throws UpstreamException {
    try {
      return from.read(buffer);
    } catch (UpstreamException upstream) {
      throw upstream;
    } catch (IOException _) {
      throw failed("is compressed and broken.");
    }
  }

  /// Remembers the first and last bytes that are not white space, and gives up on a web page at its
  /// first one.
  private void look(byte[] buffer, int count) throws UpstreamException {
    for (int i = 0; i < count && isSpace(first); i++) {
      first = buffer[i];
    }
    if (!isSpace(first) && first != '{') {
      throw notJson();
    }
    for (int i = count - 1; i >= 0; i--) {
      if (!isSpace(buffer[i])) {
        last = buffer[i];
        return;
      }
    }
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private UpstreamException notJson() {
    return failed("is not a JSON object; a login page or a proxy may have answered instead.");
  }

  private UpstreamException failed(String what) {
    return UpstreamException.lasting(
        "The answer of the upstream at " + UpstreamSource.origin(reply.uri()) + " " + what);
  }
}
