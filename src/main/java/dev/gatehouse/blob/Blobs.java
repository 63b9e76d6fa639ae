package dev.gatehouse.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The content-addressed store: immutable files, each named by the digest of its bytes in
/// lower-case hex. Tarballs are named by SHA-512, which their `integrity` declares anyway,
/// documents by SHA-256.
///
/// A file is written in [#scratch()] first and then moved in, so that a name never stands for half
/// a file. Who needs a promise against power loss uses [#keep]; who can fetch the bytes again uses
/// [#place] at once and [#settle] later.
public final class Blobs {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{128}");
  private static final int FOLDERS = 256;

  private final Path folders;
  private final Path scratch;

  /// The store in `directory`, which is made if it is not there. Scratch files of an earlier run
  /// are left alone: call [#sweepScratch()] where no other process can be writing.
  public Blobs(Path directory) {
    this.folders = directory.resolve("sha");
    this.scratch = directory.resolve("scratch");
    try {
      Files.createDirectories(scratch);
      if (!Files.isDirectory(folders.resolve(folder(FOLDERS - 1)))) {
        for (int i = 0; i < FOLDERS; i++) {
          Files.createDirectories(folders.resolve(folder(i)));
        }
        sync(folders);
        sync(directory);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot set up the store in " + directory, failure);
    }
  }

  /// Where to write a file that is to be moved in; on the same file system.
  public Path scratch() {
    return scratch;
  }

  /// A new, empty scratch file.
  public Path newScratchFile() throws IOException {
    return Files.createTempFile(scratch, "in-", ".part");
  }

  /// Where the bytes with `digest` lie, whether or not they are there.
  public Path path(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("Not a digest: " + digest);
    }
    return folder(digest).resolve(digest);
  }

  /// Whether the bytes are there.
  public boolean has(String digest) {
    return Files.exists(path(digest));
  }

  /// Moves `file`, whose bytes the caller has hashed to `digest`, in. On return the bytes and their
  /// name survive a power cut.
  public void keep(Path file, String digest) throws IOException {
    sync(file);
    place(file, digest);
    sync(folder(digest));
  }

  /// Moves `file` in without waiting for the disk.
  public void place(Path file, String digest) throws IOException {
    Files.move(file, path(digest), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Waits until what was placed under `digest` is on the disk.
  public void settle(String digest) throws IOException {
    sync(path(digest));
    sync(folder(digest));
  }

  /// Removes the bytes, if they are there. Readers that have them open keep them.
  public void delete(String digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  /// Shows `each` the digest of everything in the store, in no order.
  public void forEach(Consumer<String> each) throws IOException {
    try (Stream<Path> paths = Files.walk(folders, 2)) {
      paths
          .filter(Files::isRegularFile)
          .map(path -> path.toFile().getName())
          .filter(name -> DIGEST.matcher(name).matches())
          .forEach(each);
    }
  }

  /// Deletes what an earlier run left half-written. Only for a process that is alone with the
  /// store.
  public void sweepScratch() throws IOException {
    try (Stream<Path> left = Files.list(scratch)) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path folder(String digest) {
    return folders.resolve(digest.substring(0, 2));
  }

  private static String folder(int number) {
    return String.format("%02x", number);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
