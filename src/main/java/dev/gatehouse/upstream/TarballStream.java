package dev.gatehouse.upstream;

import dev.gatehouse.upstream.wire.Deadline;
import dev.gatehouse.upstream.wire.Reply;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A file on its way from an upstream, unchecked. Closing early breaks the connection off; closing
/// after the end gives it back. Every failure while reading, a body shorter than announced among
/// them, is an [UpstreamException] with a sentence.
///
/// Reads go straight from the socket into the array they are given: read with 64 KB or more.
public final class TarballStream implements AutoCloseable {
  private final Reply reply;
  private final Deadline deadline;
  private final InputStream body;

  TarballStream(Reply reply, Deadline deadline, long limit) throws UpstreamException {
    this.reply = reply;
    this.deadline = deadline;
    this.body = reply.body(limit);
  }

  /// The bytes to come, where the upstream said so.
  public @Nullable Long length() {
    return reply.length() < 0 ? null : reply.length();
  }

  /// The bytes as they are at the upstream: no content encoding was asked for and none is undone.
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    deadline.close();
    reply.close();
  }
}
