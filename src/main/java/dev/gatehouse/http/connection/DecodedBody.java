package dev.gatehouse.http.connection;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A body without its content coding, bounded in decoded bytes: a small gzip file can hold a very
/// large one.
public final class DecodedBody extends FilterInputStream {
  private final long limit;
  private long count;

  private DecodedBody(InputStream decoded, long limit) {
    super(decoded);
    this.limit = limit;
  }

  /// Decodes `body` as `coding`, the value of the Content-Encoding header, says.
  public static InputStream of(InputStream body, String coding, long limit) throws IOException {
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> new DecodedBody(body, limit);
      case "gzip", "x-gzip" -> gzip(body, limit);
      default ->
          throw new ProblemException(
              new Problem.Malformed(
                  "The body's encoding is not known here. Send it as gzip or plain."));
    };
  }

  private static InputStream gzip(InputStream body, long limit) throws IOException {
    try {
      return new DecodedBody(new GZIPInputStream(body, 8192), limit);
    } catch (ZipException | EOFException _) {
      throw broken();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(target, offset, length);
    } catch (ZipException | EOFException _) {
      throw broken();
    }
    count += Math.max(read, 0);
    if (count > limit) {
      throw InboundBody.tooLarge(limit);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    return read(new byte[Math.clamp(wanted, 0, 8192)]);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private static ProblemException broken() {
    return new ProblemException(
        new Problem.Malformed("The request's body is not valid gzip, or it was cut short."));
  }
}
