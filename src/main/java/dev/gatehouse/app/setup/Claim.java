package dev.gatehouse.app.setup;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.db.SqliteFile;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// What a server has for itself until it ends: its data directory and, with SQLite, the database's
/// file, by whatever name. Each is claimed by a lock on a file in or beside it, which the system
/// lets go of when the process dies.
public final class Claim implements AutoCloseable {
  private final @Nullable FileLock directory;
  private final @Nullable FileLock database;

  private Claim(@Nullable FileLock directory, @Nullable FileLock database) {
    this.directory = directory;
    this.database = database;
  }

  /// Claims what `config` names, with `data` as its directory. A conflict problem if another server
  /// has it; only on PostgreSQL may several share a directory.
  public static Claim take(Config config, DataDirectory data) throws IOException {
    boolean shared = dialect(config) == Dialect.POSTGRESQL;
    FileLock directory = lock(data.path().resolve("server.lock"));
    if (shared) {
      return new Claim(directory, null);
    }
    if (directory == null) {
      throw taken("data directory", data.path(), "--data");
    }
    try {
      return new Claim(directory, database(config));
    } catch (IOException | RuntimeException failure) {
      directory.channel().close();
      throw failure;
    }
  }

  /// Claims the directory alone, for what must not happen beside a server; null if one is running.
  public static @Nullable Claim ofDirectory(DataDirectory data) throws IOException {
    FileLock directory = lock(data.path().resolve("server.lock"));
    return directory == null ? null : new Claim(directory, null);
  }

  /// Whether nobody else writes to the store.
  public boolean isAlone() {
    return directory != null;
  }

  @Override
  public void close() throws IOException {
    if (database != null) {
      database.channel().close();
    }
    if (directory != null) {
      directory.channel().close();
    }
  }

  private static FileLock database(Config config) throws IOException {
    try {
      Path file = SqliteFile.of(config.jdbcUrl());
      FileLock lock = lock(file.resolveSibling(file.getFileName() + ".lock"));
      if (lock == null) {
        throw taken("database", file, "--data or --database");
      }
      return lock;
    } catch (IllegalArgumentException wrong) {
      throw malformed(wrong);
    }
  }

  private static Dialect dialect(Config config) {
    try {
      return Dialect.of(config.jdbcUrl());
    } catch (IllegalArgumentException wrong) {
      throw malformed(wrong);
    }
  }

  private static @Nullable FileLock lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException _) {
      channel.close();
      return null;
    }
  }

  private static ProblemException malformed(IllegalArgumentException wrong) {
    return new ProblemException(new Problem.Malformed(String.valueOf(wrong.getMessage())));
  }

  private static ProblemException taken(String what, Path path, String flag) {
    return new ProblemException(
        new Problem.Conflict(
            "Another server is running on the %s %s: stop it, or give this one its own by %s."
                .formatted(what, path.toAbsolutePath(), flag)));
  }
}
