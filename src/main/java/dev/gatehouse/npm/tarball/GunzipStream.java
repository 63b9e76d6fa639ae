package dev.gatehouse.npm.tarball;

import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses as Node's zlib does: members follow one another, zeros after the last one are
/// padding, anything else is refused. The JDK's stream would ignore garbage silently, and what is
/// ignored here might be unpacked elsewhere; others keep a header's file name in memory, however
/// long.
///
/// An [IOException] of this stream is one of the file; whatever is wrong with the bytes is a
/// [ProblemException].
final class GunzipStream extends InputStream {
  private static final int MAGIC = 0x1f8b;
  private static final int DEFLATE = 8;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 14];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int position;
  private int limit;
  private boolean inMember;
  private boolean atEnd;

  GunzipStream(InputStream in) throws IOException {
    this.in = in;
    if (peek() < 0) {
      throw malformed("The tarball is empty.");
    }
    readHeader();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!atEnd && length > 0) {
      if (!inMember) {
        nextMember();
        continue;
      }
      var count = inflate(bytes, offset, length);
      if (count > 0) {
        crc.update(bytes, offset, count);
        return count;
      }
    }
    return atEnd ? -1 : 0;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput()) {
        if (peek() < 0) {
          throw truncated();
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      }
      var count = inflater.inflate(bytes, offset, length);
      if (inflater.needsDictionary()) {
        throw malformed("The tarball's gzip data is broken.");
      }
      if (count == 0 && inflater.finished()) {
        endMember();
      }
      return count;
    } catch (DataFormatException _) {
      throw malformed("The tarball's gzip data is broken.");
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    if (number(4) != crc.getValue() || number(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw malformed("The tarball's gzip checksum does not fit: it was damaged.");
    }
    inMember = false;
  }

  private void nextMember() throws IOException {
    if (peek() == (MAGIC >> 8)) {
      readHeader();
      return;
    }
    for (var octet = peek(); octet >= 0; octet = peek()) {
      if (octet != 0) {
        throw malformed("Something that is not gzip follows the tarball.");
      }
      position++;
    }
    atEnd = true;
  }

  private void readHeader() throws IOException {
    var magic = octet() << 8 | octet();
    if (magic != MAGIC || octet() != DEFLATE) {
      throw malformed("The tarball is not gzip.");
    }
    var flags = octet();
    if ((flags & 0xe0) != 0) {
      throw malformed("The tarball's gzip header is broken.");
    }
    skip(6);
    if ((flags & 4) != 0) {
      skip((int) number(2));
    }
    skipText(flags & 8);
    skipText(flags & 16);
    skip((flags & 2) != 0 ? 2 : 0);
    inflater.reset();
    crc.reset();
    inMember = true;
  }

  private void skipText(int flag) throws IOException {
    var inText = flag != 0;
    while (inText) {
      inText = octet() != 0;
    }
  }

  private void skip(int count) throws IOException {
    for (var i = 0; i < count; i++) {
      octet();
    }
  }

  /// A little-endian number.
  private long number(int octets) throws IOException {
    var value = 0L;
    for (var i = 0; i < octets; i++) {
      value |= (long) octet() << (8 * i);
    }
    return value;
  }

  private int octet() throws IOException {
    var octet = peek();
    if (octet < 0) {
      throw truncated();
    }
    position++;
    return octet;
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = Math.max(0, in.read(buffer));
      position = 0;
    }
    return position == limit ? -1 : buffer[position] & 0xff;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private static ProblemException truncated() {
    return malformed("The tarball ends too early: it was cut short on its way.");
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Malformed(sentence + " Pack and publish it again."));
  }
}
