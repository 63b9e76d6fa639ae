package dev.gatehouse.npm.tarball;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// The bytes of an archive as they are read, held back until it is known which entry they lead to.
final class HeldCopy extends OutputStream {
  /// More than the reader may take for the headers of one entry: beyond lies the end's padding.
  private static final int MOST_HELD = 1 << 19;

  private enum Mode {
    HOLD,
    PASS,
    DROP
  }

  private final OutputStream out;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private Mode mode = Mode.HOLD;

  HeldCopy(OutputStream out) {
    this.out = out;
  }

  void hold() {
    mode = Mode.HOLD;
  }

  void pass() {
    mode = Mode.PASS;
  }

  void drop() {
    mode = Mode.DROP;
  }

  /// What was held, which is forgotten.
  byte[] take() {
    var bytes = held.toByteArray();
    held.reset();
    return bytes;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    switch (mode) {
      case HOLD -> held.write(bytes, offset, Math.min(length, MOST_HELD - held.size()));
      case PASS -> out.write(bytes, offset, length);
      case DROP -> {}
    }
  }
}
