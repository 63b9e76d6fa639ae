package dev.gatehouse.npm.tarball;

import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Stands between the decompressor and the tar reader and bounds what either may do.
///
/// The tar reader keeps long names and extended headers in memory, however long they say they are.
/// So while it looks for the next entry ([#beginHeader] to [#endHeader]) it gets 256 KB and no
/// more.
///
/// An [IOException] of the file leaves as [UncheckedIOException]: those that come out of the tar
/// reader are then faults of the archive.
final class MeteredStream extends InputStream {
  private static final long HEADER_BYTES = 256 << 10;
  private static final long RATIO_FREE_BYTES = 64L << 20;

  private final InputStream in;
  private final long unpackedLimit;
  private final OutputStream copy;
  private long unpacked;
  private long headerLeft = HEADER_BYTES;
  private long paddingLeft;
  private boolean inHeader;
  private boolean headerIsEmpty = true;

  /// Everything that is read from `in`, the contents of a tarball of `packedBytes`, is also written
  /// to `copy`.
  MeteredStream(InputStream in, long packedBytes, InspectionLimits limits, OutputStream copy) {
    this.in = in;
    this.copy = copy;
    var ratioLimit = Math.max(RATIO_FREE_BYTES, packedBytes * limits.ratio());
    this.unpackedLimit = Math.min(limits.unpackedBytes(), ratioLimit);
  }

  /// What is read from now on are `padding` bytes of no meaning and then the next header.
  void beginHeader(long padding) {
    inHeader = true;
    headerLeft = HEADER_BYTES;
    paddingLeft = padding;
    headerIsEmpty = true;
  }

  void endHeader() {
    inHeader = false;
  }

  /// Whether all of the header, its padding apart, was zeros, as the end of an archive is.
  boolean headerIsEmpty() {
    return headerIsEmpty;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      var count = in.read(bytes, offset, length);
      if (count > 0) {
        count(count);
        if (inHeader) {
          countHeader(bytes, offset, count);
        }
        copy.write(bytes, offset, count);
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(int count) {
    unpacked += count;
    if (unpacked > unpackedLimit) {
      throw new ProblemException(
          new TooLarge(
              "The tarball unpacks to more than "
                  + unpackedLimit
                  + " bytes, too much for its size or for this server. Publish fewer files."));
    }
  }

  private void countHeader(byte[] bytes, int offset, int count) {
    headerLeft -= count;
    if (headerLeft < 0) {
      throw new ProblemException(
          new Malformed("The tarball has a file whose name or header is longer than 256 KB."));
    }
    for (var i = offset; i < offset + count; i++) {
      headerIsEmpty &= bytes[i] == 0 || paddingLeft > 0;
      paddingLeft--;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
