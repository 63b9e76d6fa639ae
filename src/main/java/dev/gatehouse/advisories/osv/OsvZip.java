package dev.gatehouse.advisories.osv;

import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Streams through a zip without holding its directory, which for a full export would take tens of
/// megabytes. Nothing is unpacked to files; names that climb are refused all the same, since
/// whoever writes them means no good. A zip that was cut short at an entry's end is known by the
/// number of entries that its last bytes tell.
final class OsvZip {
  private static final int MOST_ENTRIES = 3_000_000;
  private static final long MOST_BYTES = 8L << 30;
  private static final int BUFFER = 64 << 10;

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LENGTH = 56;
  private static final int LONGEST_COMMENT = 0xffff;

  private final Path path;
  private long unpacked;

  OsvZip(Path path) {
    this.path = path;
  }

  void read(OsvFiles.Sink sink) throws IOException {
    long promised = promised();
    long found = 0;
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        var zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        found++;
        if (found > MOST_ENTRIES) {
          throw malformed("has more than %,d files".formatted(MOST_ENTRIES));
        }
        accept(entry, zip, sink);
      }
    } catch (ZipException | EOFException | IllegalArgumentException _) {
      throw malformed("is damaged or was cut short");
    }
    if (found != promised) {
      throw malformed("has %,d files and should have %,d".formatted(found, promised));
    }
  }

  private void accept(ZipEntry entry, ZipInputStream zip, OsvFiles.Sink sink) throws IOException {
    String name = entry.getName();
    if (name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../")) {
      throw malformed("has a file called " + Quoted.quote(name) + ", which climbs out of it");
    }
    if (entry.isDirectory() || !name.endsWith(".json")) {
      skip(zip);
      return;
    }
    byte[] json = zip.readNBytes(OsvReader.MAX_BYTES + 1);
    if (json.length > OsvReader.MAX_BYTES) {
      throw OsvFiles.tooLarge(name);
    }
    count(json.length);
    sink.accept(name, json);
  }

  private void skip(ZipInputStream zip) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
      count(count);
    }
  }

  private void count(long bytes) {
    unpacked += bytes;
    if (unpacked > MOST_BYTES) {
      throw malformed("unpacks to more than %,d bytes".formatted(MOST_BYTES));
    }
  }

  /// How many entries the zip's end says that it has.
  private long promised() throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      int length = (int) Math.min(file.size(), END_LENGTH + LOCATOR_LENGTH + LONGEST_COMMENT);
      ByteBuffer tail = read(file, file.size() - length, length);
      for (int at = length - END_LENGTH; at >= 0; at--) {
        if (tail.getInt(at) == END) {
          int count = tail.getShort(at + 10) & 0xffff;
          boolean many = at >= LOCATOR_LENGTH && tail.getInt(at - LOCATOR_LENGTH) == LOCATOR;
          return many ? promised64(file, tail.getLong(at - LOCATOR_LENGTH + 8)) : count;
        }
      }
    }
    throw malformed("is damaged or was cut short");
  }

  private long promised64(FileChannel file, long at) throws IOException {
    if (at < 0 || at > file.size() - END_64_LENGTH) {
      throw malformed("is damaged or was cut short");
    }
    ByteBuffer end = read(file, at, END_64_LENGTH);
    if (end.getInt(0) != END_64) {
      throw malformed("is damaged or was cut short");
    }
    return end.getLong(32);
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {}
    return bytes;
  }

  private ProblemException malformed(String what) {
    return new ProblemException(
        new Problem.Malformed("The zip of advisories %s. Fetch it again.".formatted(what)));
  }
}
