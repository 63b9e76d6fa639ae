package dev.gatehouse.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The content-addressed store: immutable files, each named by the digest of its bytes in
/// lower-case hex. Tarballs are named by SHA-512, which their `integrity` declares anyway,
/// documents by SHA-256.
///
/// A file is written in [#scratch()] first and then moved in, so that a name never stands for half
/// a file. Who needs a promise against power loss uses [#keep]; who can fetch the bytes again uses
/// [#place] at once and [#settle] later.
public final class Blobs {
  private static final int LOCKS = 64;
  private static final int BUFFER = 1 << 17;

  /// The store is spread over this many folders, by the first two digits of the digest.
  public static final int FOLDERS = 256;

  private final Folders folders;
  private final Path scratch;
  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

  /// What lies in the store under `digest`: its size in bytes and when it was written.
  public record Stored(String digest, long size, Instant written) {}

  /// The store in `directory`, which is made if it is not there. Scratch files of an earlier run
  /// are left alone: call [#sweepScratch()] where no other process can be writing.
  public Blobs(Path directory) {
    this.scratch = directory.resolve("scratch");
    try {
      Files.createDirectories(scratch);
      this.folders = Folders.in(directory);
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
    if (!isDigest(digest)) {
      throw new IllegalArgumentException("Not a digest: " + digest);
    }
    return folders.of(digest).resolve(digest);
  }

  /// Whether the bytes are there.
  public boolean has(String digest) {
    return Files.exists(path(digest));
  }

  /// Moves `file`, whose bytes the caller has hashed to `digest`, in. On return the bytes and their
  /// name survive a power cut.
  public void keep(Path file, String digest) throws IOException {
    Folders.sync(file);
    folders.make(digest);
    replace(file, digest);
    folders.sync(digest);
  }

  /// Moves `file` in without waiting for the disk, unless the bytes are there already: those may
  /// have been promised to somebody, and until the disk has the new ones, a power cut would take
  /// both. So a name is taken only if it is free, and else by bytes that are synced.
  public void place(Path file, String digest) throws IOException {
    folders.make(digest);
    if (!linked(file, digest)) {
      Folders.sync(file);
      replace(file, digest);
    }
  }

  private void replace(Path file, String digest) throws IOException {
    Lock lock = lock(digest);
    lock.lock();
    try {
      Files.move(file, path(digest), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      lock.unlock();
    }
  }

  /// Gives `file` the name of its digest and takes its old one. False if that name is taken, by
  /// whatever process, or the file system has no links.
  private boolean linked(Path file, String digest) throws IOException {
    try {
      Files.createLink(path(digest), file);
    } catch (FileSystemException | UnsupportedOperationException _) {
      return false;
    }
    Files.delete(file);
    return true;
  }

  /// Whether the bytes are there, for someone who is about to name them: they then count as written
  /// now, so that [#sweep] leaves them alone.
  public boolean adopt(String digest) throws IOException {
    Lock lock = lock(digest);
    lock.lock();
    try {
      Path path = path(digest);
      // Usually it is not there, which is cheaper to ask for than to be told by an exception.
      if (!Files.exists(path)) {
        return false;
      }
      Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Removes bytes that nothing names, unless they were placed or adopted after `before`. Returns
  /// whether they were removed.
  public boolean sweep(String digest, Instant before) throws IOException {
    Lock lock = lock(digest);
    lock.lock();
    try {
      Instant written = Files.getLastModifiedTime(path(digest)).toInstant();
      return written.isBefore(before) && Files.deleteIfExists(path(digest));
    } catch (NoSuchFileException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the bytes hash to their name. False if they are not there. Reads all of them.
  public boolean isIntact(String digest) throws IOException {
    return hashes(path(digest), digest);
  }

  /// Removes bytes that do not hash to their name. They are moved aside before they are looked at,
  /// and back if they are whole: someone may have placed them again a moment ago. Returns whether
  /// they were removed.
  public boolean discardDamaged(String digest) throws IOException {
    Path aside = newScratchFile();
    try {
      Files.move(path(digest), aside, StandardCopyOption.ATOMIC_MOVE);
      if (hashes(aside, digest)) {
        keep(aside, digest);
        return false;
      }
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// What lies in one of the [#FOLDERS], in no order.
  public List<Stored> in(int folder) throws IOException {
    List<Stored> found = new ArrayList<>();
    Path directory = folders.of(folder);
    if (!Files.isDirectory(directory)) {
      return found;
    }
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = path.toFile().getName();
        if (isDigest(name)) {
          stored(path, name, found);
        }
      }
    }
    return found;
  }

  /// The first two digits of what lies in `folder`, 0 to 255.
  public static String folder(int folder) {
    return Folders.name(folder);
  }

  /// Waits until what was placed under `digest` is on the disk.
  public void settle(String digest) throws IOException {
    Folders.sync(path(digest));
    folders.sync(digest);
  }

  /// Removes the bytes, if they are there. Readers that have them open keep them.
  public void delete(String digest) throws IOException {
    Files.deleteIfExists(path(digest));
  }

  /// Shows `each` the digest of everything in the store, in no order.
  public void forEach(Consumer<String> each) throws IOException {
    try (Stream<Path> paths = Files.walk(folders.root(), 2)) {
      paths
          .filter(Files::isRegularFile)
          .map(path -> path.toFile().getName())
          .filter(Blobs::isDigest)
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

  /// SHA-256 or SHA-512 in lower-case hex. Every look at a file asks this, so it is no pattern.
  private static boolean isDigest(String name) {
    if (name.length() != 64 && name.length() != 128) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private Lock lock(String digest) {
    return locks[Math.floorMod(digest.hashCode(), LOCKS)];
  }

  /// It may be deleted between listing and looking.
  private static void stored(Path path, String digest, List<Stored> found) throws IOException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        found.add(new Stored(digest, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
    } catch (NoSuchFileException _) {
      // Gone.
    }
  }

  private static boolean hashes(Path file, String digest) throws IOException {
    MessageDigest hash = hash(digest);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hash.update(buffer, 0, count);
      }
    } catch (NoSuchFileException _) {
      return false;
    }
    return HexFormat.of().formatHex(hash.digest()).equals(digest);
  }

  private static MessageDigest hash(String digest) {
    try {
      return MessageDigest.getInstance(digest.length() == 64 ? "SHA-256" : "SHA-512");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
