package dev.gatehouse.npm.tarball;

import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// A tarball in a scratch file of ours, measured while it was written. Closing it deletes the file
/// unless someone kept it.
public final class ScratchTarball implements AutoCloseable {
  private final Path path;
  private final MessageDigest sha512 = digest("SHA-512");
  private final MessageDigest sha1 = digest("SHA-1");
  private byte[] sha512Value = {};
  private String sha1Value = "";
  private long size;
  private boolean kept;

  /// Writes the bytes of a tarball.
  @FunctionalInterface
  public interface Source {
    /// Writes all of them to `out`, which throws a [ProblemException] once they are too many.
    void writeTo(OutputStream out) throws IOException;
  }

  private ScratchTarball(Path path) {
    this.path = path;
  }

  /// Keeps what `source` writes, at most `limit` bytes, in a new file in `directory`. Whatever goes
  /// wrong, the file is gone again.
  public static ScratchTarball receive(Path directory, long limit, Source source)
      throws IOException {
    var tarball = new ScratchTarball(Files.createTempFile(directory, "tarball-", ".tgz"));
    var complete = false;
    try {
      tarball.fill(limit, source);
      complete = true;
      return tarball;
    } finally {
      if (!complete) {
        tarball.close();
      }
    }
  }

  private void fill(long limit, Source source) throws IOException {
    try (var out =
        new BufferedOutputStream(new Measured(Files.newOutputStream(path), limit), 1 << 16)) {
      source.writeTo(out);
    }
    sha512Value = sha512.digest();
    sha1Value = HexFormat.of().formatHex(sha1.digest());
  }

  /// Where it lies.
  public Path path() {
    return path;
  }

  /// Bytes.
  public long size() {
    return size;
  }

  /// The 64 bytes of its SHA-512.
  public byte[] sha512() {
    return sha512Value.clone();
  }

  /// Its SHA-1 in lowercase hex, npm's `dist.shasum`.
  public String sha1() {
    return sha1Value;
  }

  /// `sha512-…`, npm's `dist.integrity`.
  public String integrity() {
    return "sha512-" + Base64.getEncoder().encodeToString(sha512Value);
  }

  /// Hands the file over: closing no longer deletes it.
  public Path keep() {
    kept = true;
    return path;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Measured extends FilterOutputStream {
    private final long limit;

    Measured(OutputStream out, long limit) {
      super(out);
      this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      size += length;
      if (size > limit) {
        throw new ProblemException(
            new TooLarge(
                "The tarball is larger than "
                    + limit
                    + " bytes, the limit of this server. Publish fewer files or raise the limit."));
      }
      sha512.update(bytes, offset, length);
      sha1.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }
  }
}
