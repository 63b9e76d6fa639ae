package dev.gatehouse.advisories.osv;

import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Goes through the records of a zip, a folder or a single file, one at a time.
public final class OsvFiles {
  private static final int ZIP = 0x504b0304;
  private static final int EMPTY_ZIP = 0x504b0506;

  private OsvFiles() {}

  /// Receives one record.
  @FunctionalInterface
  public interface Sink {
    /// Takes the JSON of the record in the file called `where`.
    void accept(String where, byte[] json);
  }

  /// Gives every record at `path` to `sink`. Bytes that cannot be a zip or a record are a problem
  /// with a sentence; some records may have been given by then.
  public static void read(Path path, Sink sink) throws IOException {
    if (Files.isDirectory(path)) {
      folder(path, sink);
      return;
    }
    if (!Files.isReadable(path)) {
      throw new ProblemException(
          new Problem.NotFound("There is no file or folder \"%s\" to read.".formatted(path)));
    }
    if (isZip(path)) {
      new OsvZip(path).read(sink);
    } else {
      sink.accept(String.valueOf(path.getFileName()), record(path));
    }
  }

  private static void folder(Path folder, Sink sink) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            // A link could lead anywhere.
            if (attributes.isRegularFile() && file.toString().endsWith(".json")) {
              sink.accept(folder.relativize(file).toString(), record(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static byte[] record(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] json = in.readNBytes(OsvReader.MAX_BYTES + 1);
      if (json.length > OsvReader.MAX_BYTES) {
        throw tooLarge(String.valueOf(file.getFileName()));
      }
      return json;
    }
  }

  static ProblemException tooLarge(String where) {
    return new ProblemException(
        new Problem.TooLarge(
            "The file %s is larger than the limit of %,d bytes for an advisory."
                .formatted(Quoted.quote(where), OsvReader.MAX_BYTES)));
  }

  private static boolean isZip(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      var start = java.nio.ByteBuffer.allocate(Integer.BYTES);
      while (start.hasRemaining() && file.read(start) >= 0) {}
      return !start.hasRemaining() && (start.getInt(0) == ZIP || start.getInt(0) == EMPTY_ZIP);
    }
  }
}
