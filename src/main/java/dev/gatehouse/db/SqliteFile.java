package dev.gatehouse.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where an SQLite database lies.
public final class SqliteFile {
  private static final String PREFIX = "jdbc:sqlite:";

  private SqliteFile() {}

  /// The file that an SQLite URL leads to, by its one real path, whatever link or relative path the
  /// URL has. An empty database is made if there is none. Throws `IllegalArgumentException` with a
  /// sentence if the URL names no file, or none that can be made.
  public static Path of(String jdbcUrl) {
    String name = jdbcUrl.substring(PREFIX.length()).replaceFirst("\\?.*", "");
    if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:")) {
      throw new IllegalArgumentException(
          "The database URL must name a file, as jdbc:sqlite:/var/lib/gatehouse/gatehouse.db.");
    }
    try {
      Path file = Path.of(name);
      if (!Files.exists(file)) {
        // Through a link that leads to nothing yet, too.
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      }
      return file.toRealPath();
    } catch (IOException | InvalidPathException failure) {
      throw new IllegalArgumentException(
          "The database at %s cannot be opened: %s".formatted(PREFIX + name, failure), failure);
    }
  }
}
