package dev.gatehouse.install;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Writes gzip with compressors that are used again. Each has a quarter of a megabyte of memory of
/// its own, and to get that from the system and clear it costs as much as compressing a small
/// document, which most are.
final class GzipStream extends DeflaterOutputStream {
  /// Deflate, no flags, no time, system unknown.
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, -1};

  private static final int BUFFER = 16 << 10;
  private static final int IDLE = 4;
  private static final BlockingQueue<Deflater> FAST_ONES = new ArrayBlockingQueue<>(IDLE);

  private final CRC32 sum = new CRC32();
  private final boolean fast;
  private long length;
  private boolean finished;
  private boolean closed;

  /// The fastest that there is, for an answer that someone waits for.
  static OutputStream fast(OutputStream out) throws IOException {
    Deflater idle = FAST_ONES.poll();
    return new GzipStream(out, idle == null ? deflater(Deflater.BEST_SPEED) : idle, true);
  }

  /// Small, behind the requests.
  static OutputStream small(OutputStream out) throws IOException {
    return new GzipStream(out, deflater(6), false);
  }

  private static Deflater deflater(int level) {
    return new Deflater(level, true);
  }

  private GzipStream(OutputStream out, Deflater deflater, boolean fast) throws IOException {
    super(out, deflater, BUFFER);
    this.fast = fast;
    out.write(HEAD);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    super.write(bytes, offset, count);
    sum.update(bytes, offset, count);
    length += count;
  }

  @Override
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    super.finish();
    ByteBuffer tail = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt((int) sum.getValue()).putInt((int) length);
    out.write(tail.array());
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      super.close();
    } finally {
      giveBack();
    }
  }

  private void giveBack() {
    def.reset();
    if (!fast || !FAST_ONES.offer(def)) {
      def.end();
    }
  }
}
