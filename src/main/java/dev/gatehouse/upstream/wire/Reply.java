package dev.gatehouse.upstream.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// An upstream's answer with its body still on the wire. A body that was read to its end gives the
/// connection back; otherwise closing breaks the connection rather than wait for the rest.
public final class Reply implements AutoCloseable {
  private static final int WORTH_DRAINING = 16 << 10;

  private final HttpUriRequestBase request;
  private final CloseableHttpResponse response;
  private final URI uri;
  private final Deadline deadline;
  private boolean finished;

  Reply(HttpUriRequestBase request, CloseableHttpResponse response, URI uri, Deadline deadline) {
    this.request = request;
    this.response = response;
    this.uri = uri;
    this.deadline = deadline;
    this.finished = response.getEntity() == null;
  }

  /// Where this answer came from, after redirects.
  public URI uri() {
    return uri;
  }

  /// The status code.
  public int status() {
    return response.getCode();
  }

  /// A header's first value.
  public @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /// The body's bytes on the wire as announced, or -1.
  public long length() {
    HttpEntity entity = response.getEntity();
    return entity == null ? 0 : entity.getContentLength();
  }

  /// The body as sent, of at most `limit` bytes; over it, and on every failure, reading throws an
  /// [UpstreamException]. An announced length over the limit throws here.
  public InputStream body(long limit) throws UpstreamException {
    if (length() > limit) {
      throw tooLarge(limit);
    }
    try {
      HttpEntity entity = response.getEntity();
      InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
      return new Body(content, limit);
    } catch (IOException thrown) {
      throw Failures.of(thrown, uri, deadline);
    }
  }

  /// Up to `limit` bytes of the body, for an upstream's own words.
  public byte[] beginning(int limit) {
    try {
      return body(Long.MAX_VALUE).readNBytes(limit);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  /// Reads a short body that nobody wants, so that the connection can be used again.
  public void settle() {
    if (!finished && length() <= WORTH_DRAINING) {
      beginning(WORTH_DRAINING + 1);
    }
  }

  @Override
  public void close() {
    if (!finished) {
      request.cancel();
    }
    response.close(CloseMode.IMMEDIATE);
  }

  private UpstreamException tooLarge(long limit) {
    return UpstreamException.lasting(
        "The upstream's answer is larger than the limit of %,d bytes.".formatted(limit));
  }

  private final class Body extends InputStream {
    private final InputStream content;
    private final long limit;
    private long seen;

    Body(InputStream content, long limit) {
      this.content = content;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (finished) {
        return -1;
      }
      try {
        int count = content.read(into, offset, length);
        if (deadline.expired()) {
          throw new IOException();
        }
        finished = count < 0;
        seen += Math.max(count, 0);
        if (seen > limit) {
          throw tooLarge(limit);
        }
        return count;
      } catch (IOException thrown) {
        throw Failures.of(thrown, uri, deadline);
      }
    }

    /// Closing is the reply's: the stream's own would read on to the end.
    @Override
    public void close() {}
  }
}
