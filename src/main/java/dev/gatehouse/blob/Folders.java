package dev.gatehouse.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folders of the store. Each is made when the first file comes into it.
final class Folders {
  private final Path root;
  private final Set<Path> made = ConcurrentHashMap.newKeySet();

  /// Those whose names survive a power cut.
  private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

  private Folders(Path root) {
    this.root = root;
  }

  /// Those of the store in `directory`.
  static Folders in(Path directory) throws IOException {
    Path root = directory.resolve("sha");
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      sync(directory);
    }
    return new Folders(root);
  }

  /// What they all lie in.
  Path root() {
    return root;
  }

  /// Where `digest` belongs, whether or not the folder is there.
  Path of(String digest) {
    return root.resolve(digest.substring(0, 2));
  }

  /// The folder of that number, whether or not it is there.
  Path of(int folder) {
    return root.resolve(name(folder));
  }

  /// The first two digits of what lies in `folder`.
  static String name(int folder) {
    return HexFormat.of().toHexDigits((byte) folder);
  }

  /// Sees to it that a file named `digest` can be moved in.
  void make(String digest) throws IOException {
    Path folder = of(digest);
    if (!made.contains(folder)) {
      Files.createDirectories(folder);
      made.add(folder);
    }
  }

  /// Waits until the names in the folder of `digest`, and its own, are on the disk.
  void sync(String digest) throws IOException {
    Path folder = of(digest);
    sync(folder);
    if (!lasting.contains(folder)) {
      sync(root);
      lasting.add(folder);
    }
  }

  /// Waits until a file's bytes, or a directory's names, are on the disk.
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
