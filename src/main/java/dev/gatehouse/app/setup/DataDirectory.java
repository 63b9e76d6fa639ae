package dev.gatehouse.app.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The directory that holds everything of one server. Readable by its owner only.
public record DataDirectory(Path path) {

  /// Makes the directory if it is not there.
  public DataDirectory {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot make the data directory " + path, failure);
    }
  }

  /// Where the blobs lie.
  public Path store() {
    return path.resolve("store");
  }

  /// The key that seals credentials of upstreams.
  public Path credentialKey() {
    return path.resolve("credentials.key");
  }
}
