package dev.gatehouse.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.concurrent.atomic.AtomicBoolean;

/// Immutable bytes that many responses share.
///
/// *Direct* content lies outside of the heap, is sent without being copied, and belongs to a cache
/// that calls [#release] when it drops it. The memory is freed when the last response that is being
/// sent from it is done. A response that was made from released content and is not yet being sent
/// is never sent: the server asks the handler again, who finds the cache without it.
public final class Content {
  private final ByteBuf bytes;
  private final boolean direct;
  private final AtomicBoolean released = new AtomicBoolean();

  private Content(ByteBuf bytes, boolean direct) {
    this.bytes = bytes;
    this.direct = direct;
  }

  /// Wraps `bytes` on the heap; nobody may change them from now on.
  public static Content of(byte[] bytes) {
    return new Content(Unpooled.wrappedBuffer(bytes), false);
  }

  /// Copies `bytes` off the heap.
  public static Content direct(byte[] bytes) {
    return new Content(Unpooled.directBuffer(bytes.length, bytes.length).writeBytes(bytes), true);
  }

  /// The length in bytes.
  public int length() {
    return bytes.writerIndex();
  }

  /// A copy of the bytes.
  ///
  /// @throws IllegalStateException if the content was released
  public byte[] bytes() {
    if (!retain()) {
      throw new IllegalStateException("The content was released");
    }
    try {
      byte[] copy = new byte[length()];
      bytes.getBytes(0, copy);
      return copy;
    } finally {
      sent();
    }
  }

  /// Gives the memory back as soon as no response needs it. Calling it again changes nothing, and
  /// content on the heap ignores it.
  public void release() {
    if (direct && released.compareAndSet(false, true)) {
      bytes.release();
    }
  }

  /// Keeps the bytes until [#sent]; false if they were released.
  boolean retain() {
    if (!direct) {
      return true;
    }
    if (released.get()) {
      return false;
    }
    try {
      bytes.retain();
      return true;
    } catch (IllegalReferenceCountException _) {
      return false;
    }
  }

  /// Ends what [#retain] began.
  void sent() {
    if (direct) {
      bytes.release();
    }
  }

  /// The bytes as the server sends them: a view with a position of its own that frees nothing.
  Buffer buffer() {
    return BufferInternal.buffer(bytes);
  }
}
