package dev.gatehouse.npm.tarball;

import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Goes through a tarball entry by entry and refuses what no client should unpack.
final class TarballReader implements AutoCloseable {
  /// Everything in an archive begins at a multiple of this.
  static final int RECORD = 512;

  private static final int PERMISSIONS = 0777;

  private final MeteredStream metered;
  private final TarArchiveInputStream tar;
  private final InspectionLimits limits;
  private final byte[] buffer = new byte[1 << 14];
  private int entries;
  private int padding;

  /// An entry: a file, or a folder (whose size is 0). `mode` is its permissions.
  record Entry(EntryPath path, String name, boolean isFile, long size, int mode) {}

  /// Reads `tgz`; every byte of the archive goes to `copy` as well, as it is read.
  TarballReader(Path tgz, InspectionLimits limits, OutputStream copy) throws IOException {
    this.limits = limits;
    this.metered = new MeteredStream(gunzip(tgz), Files.size(tgz), limits, copy);
    this.tar = new TarArchiveInputStream(metered, "UTF-8");
  }

  private static InputStream gunzip(Path tgz) throws IOException {
    var file = Files.newInputStream(tgz);
    try {
      return new GunzipStream(file);
    } catch (IOException | ProblemException e) {
      file.close();
      throw e;
    }
  }

  /// The next entry, whose data must be read with [#read] to its end; null after the last.
  @Nullable Entry next() throws IOException {
    metered.beginHeader(padding);
    var entry = guarded(tar::getNextEntry);
    metered.endHeader();
    if (entry == null) {
      requireNothingBehind();
      return null;
    }
    if (++entries > limits.entries()) {
      throw new ProblemException(
          new TooLarge(
              "The tarball has more than "
                  + limits.entries()
                  + " files, the limit of this server. Publish fewer files."));
    }
    var path = EntryPath.of(entry.getName());
    requireHarmless(entry);
    padding = padding(entry.getSize());
    return new Entry(
        path,
        entry.getName(),
        !entry.isDirectory(),
        entry.getSize(),
        entry.getMode() & PERMISSIONS);
  }

  /// Reads the current entry's data and keeps at most the first `keep` bytes.
  byte[] read(long keep) throws IOException {
    var kept = new ByteArrayOutputStream();
    for (var count = read(); count >= 0; count = read()) {
      kept.write(buffer, 0, (int) Math.min(count, keep - kept.size()));
    }
    return kept.toByteArray();
  }

  /// Reads the current entry's data into `out`, whose own faults leave as they are.
  void readInto(OutputStream out) throws IOException {
    for (var count = read(); count >= 0; count = read()) {
      out.write(buffer, 0, count);
    }
  }

  private int read() throws IOException {
    return guarded(() -> tar.read(buffer, 0, buffer.length));
  }

  /// How many bytes fill up the last record of a file of `size`.
  static int padding(long size) {
    return (int) ((RECORD - size % RECORD) % RECORD);
  }

  /// Clients differ in whether they go on after the end of the archive.
  private void requireNothingBehind() throws IOException {
    var isEmpty = metered.headerIsEmpty();
    for (var count = readBehind(); count >= 0; count = readBehind()) {
      for (var i = 0; i < count; i++) {
        isEmpty &= buffer[i] == 0;
      }
    }
    if (!isEmpty) {
      throw malformed("has something behind the end of its archive.");
    }
  }

  private int readBehind() throws IOException {
    return guarded(() -> metered.read(buffer, 0, buffer.length));
  }

  private static void requireHarmless(TarArchiveEntry entry) {
    var name = Quoted.quote(entry.getName());
    if (!entry.isCheckSumOK()) {
      throw malformed("is damaged at " + name + ": a checksum does not fit.");
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw malformed("has a link, " + name + ". Replace it by the file that it stands for.");
    }
    var isPlain =
        switch (entry.getLinkFlag()) {
          case 0, '0', '7', '5' -> !entry.isSparse();
          default -> false;
        };
    if (!isPlain) {
      throw malformed("has an entry that is neither a file nor a folder, " + name + ".");
    }
    if (entry.isDirectory() && entry.getSize() != 0) {
      throw malformed("has a folder with data of its own, " + name + ".");
    }
  }

  private interface Step<T extends @Nullable Object> {
    T take() throws IOException;
  }

  /// What the tar reader throws for a broken archive is not always an IOException.
  private static <T extends @Nullable Object> T guarded(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (ProblemException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    } catch (IOException | RuntimeException _) {
      throw malformed("is not a complete tar archive: it is broken or was cut short.");
    }
  }

  static ProblemException malformed(String what) {
    return new ProblemException(new Malformed("The tarball " + what));
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
