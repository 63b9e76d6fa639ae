package dev.gatehouse.install.tarball;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A tarball on its way from an upstream: one thread writes a scratch file, and any number of
/// clients read along behind it. The last byte is held back until the whole hashes to what its
/// version declares; if it does not, readers fail and their connections are cut, so nobody takes
/// the bytes for the package.
final class Download {
  private static final int BUFFER = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private Path file;
  private long length = -1;
  private long written;
  private State state = State.ASKING;
  private @Nullable Problem problem;
  private final Set<Long> audience = new HashSet<>();

  private enum State {
    ASKING,
    STREAMING,
    WHOLE,
    FAILED
  }

  Download(Path file) {
    this.file = file;
  }

  /// Registries that are to have it, too. False if it is in the store already, and they are not
  /// recorded with the others.
  boolean join(List<Long> registryIds) {
    lock.lock();
    try {
      audience.addAll(registryIds);
      return state != State.WHOLE;
    } finally {
      lock.unlock();
    }
  }

  /// The upstream has answered; `announced` is the length it promised, or -1.
  void begin(long announced) {
    change(() -> {
      state = State.STREAMING;
      length = announced;
    });
  }

  /// `count` more bytes are in the file.
  void advance(int count) {
    change(() -> written += count);
  }

  /// All bytes are there, are right, and lie at `kept` from now on. `record` is told the registries
  /// that have joined before anybody is told of the end: who has the last byte may rely on the row
  /// being under way, also if the process ends in an orderly way at once.
  void complete(Path kept, long size, Consumer<Set<Long>> record) {
    lock.lock();
    try {
      record.accept(Set.copyOf(audience));
      state = State.WHOLE;
      file = kept;
      length = size;
      written = size;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will come.
  void fail(Problem cause) {
    change(() -> {
      state = State.FAILED;
      problem = cause;
    });
  }

  /// Waits for the upstream's answer: null once bytes are coming, else what went wrong.
  @Nullable Problem awaitStart() {
    lock.lock();
    try {
      while (state == State.ASKING) {
        progress.awaitUninterruptibly();
      }
      return state == State.FAILED ? problem : null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all of it is in the store: null then, else what went wrong.
  @Nullable Problem awaitEnd() {
    lock.lock();
    try {
      while (state == State.ASKING || state == State.STREAMING) {
        progress.awaitUninterruptibly();
      }
      return state == State.FAILED ? problem : null;
    } finally {
      lock.unlock();
    }
  }

  /// The length that the upstream promised, or -1.
  long length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /// Copies everything to `out` as it arrives. A problem if it turns out to be wrong: who has sent
  /// nothing yet answers with it, who has cuts the answer short.
  void copyTo(OutputStream out) throws IOException {
    try (FileChannel channel = open()) {
      var buffer = ByteBuffer.allocate(BUFFER);
      long sent = 0;
      for (long upTo = awaitBeyond(0); upTo > sent; upTo = awaitBeyond(sent)) {
        while (sent < upTo) {
          buffer.clear().limit((int) Math.min(BUFFER, upTo - sent));
          int count = channel.read(buffer, sent);
          if (count < 0) {
            throw new IOException("A file that is being fetched has become shorter.");
          }
          out.write(buffer.array(), 0, count);
          sent += count;
        }
      }
    }
  }

  private FileChannel open() throws IOException {
    try {
      return FileChannel.open(file(), StandardOpenOption.READ);
    } catch (NoSuchFileException _) {
      // It is being moved into the store, or deleted, this moment.
      Problem failed = awaitEnd();
      if (failed != null) {
        throw new ProblemException(failed);
      }
      return FileChannel.open(file(), StandardOpenOption.READ);
    }
  }

  /// Where the bytes are written, and lie once it is complete.
  Path file() {
    lock.lock();
    try {
      return file;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until more than `sent` bytes may be shown and returns how many; `sent` at the end.
  private long awaitBeyond(long sent) {
    lock.lock();
    try {
      while (state == State.STREAMING && written - 1 <= sent) {
        progress.awaitUninterruptibly();
      }
      return switch (state) {
        case WHOLE -> written;
        case FAILED -> throw new ProblemException(Objects.requireNonNull(problem));
        case ASKING, STREAMING -> written - 1;
      };
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
