package dev.gatehouse.db.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the processes apart that use one SQLite database, a server and the operator's commands: by
/// locks on a file beside it, a byte for each workspace, which the system lets go of when a process
/// dies. Within this process such locks say nothing, so that there is one more for all who have the
/// same file open.
final class FileTurns implements AutoCloseable {
  private static final Map<String, ReentrantLock> HERE = new ConcurrentHashMap<>();
  private static final long PAUSE = 10;

  private final Path database;
  private final Path file;
  private @Nullable FileChannel channel;

  FileTurns(Path database) {
    this.database = database;
    this.file = database.resolveSibling(database.getFileName() + ".turns");
  }

  /// What gives the turn back.
  Runnable take(long workspaceId, Duration patience) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    ReentrantLock here =
        HERE.computeIfAbsent(file + " " + workspaceId, _ -> new ReentrantLock(true));
    if (!here.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException();
    }
    try {
      FileLock lock = lock(workspaceId);
      while (lock == null) {
        if (System.nanoTime() > end) {
          throw new TimeoutException();
        }
        Thread.sleep(PAUSE);
        lock = lock(workspaceId);
      }
      FileLock held = lock;
      return () -> {
        try {
          held.close();
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        } finally {
          here.unlock();
        }
      };
    } catch (IOException failure) {
      here.unlock();
      throw new UncheckedIOException(failure);
    } catch (RuntimeException | InterruptedException | TimeoutException failure) {
      here.unlock();
      throw failure;
    }
  }

  private @Nullable FileLock lock(long workspaceId) throws IOException {
    return open().tryLock(workspaceId, 1, false);
  }

  private synchronized FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      boolean made = !Files.exists(file);
      open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel = open;
      if (made) {
        giveAway();
      }
    }
    return open;
  }

  /// An operator who is root makes it for the server.
  private void giveAway() {
    try {
      Files.setOwner(file, Files.getOwner(database));
    } catch (IOException | UnsupportedOperationException _) {
      // Whoever cannot give files away is the one who has the database too.
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
