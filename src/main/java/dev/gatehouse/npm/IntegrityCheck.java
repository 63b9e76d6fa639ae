package dev.gatehouse.npm;

import dev.gatehouse.npm.Hash.Algorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Hashes a tarball while it streams by, with the algorithms that its declared integrities need and
/// always with SHA-512, by which it is stored. For one stream and one thread at a time.
public final class IntegrityCheck {
  private final List<Integrity> declared;
  private final Map<Algorithm, MessageDigest> digests = new EnumMap<>(Algorithm.class);

  /// A check that *every* one of `declared` matches: `dist.integrity` and `dist.shasum`, say. None
  /// declared is never a match.
  public IntegrityCheck(List<Integrity> declared) {
    this.declared = List.copyOf(declared);
    digests.put(Algorithm.SHA512, digest(Algorithm.SHA512));
    for (Integrity integrity : declared) {
      digests.computeIfAbsent(integrity.strongest(), IntegrityCheck::digest);
    }
  }

  /// What came of it. `sha512` is of all bytes seen, whether they matched or not.
  public record Result(Hash sha512, boolean matched) {}

  public void update(byte[] bytes, int offset, int length) {
    for (MessageDigest digest : digests.values()) {
      digest.update(bytes, offset, length);
    }
  }

  /// Takes the remaining bytes of the buffer and leaves its position where it was.
  public void update(ByteBuffer bytes) {
    for (MessageDigest digest : digests.values()) {
      digest.update(bytes.duplicate());
    }
  }

  /// The verdict over all bytes so far. The check starts anew.
  public Result finish() {
    Map<Algorithm, Hash> hashes = new EnumMap<>(Algorithm.class);
    digests.forEach(
        (algorithm, digest) -> hashes.put(algorithm, Hash.of(algorithm, digest.digest())));
    boolean matched = !declared.isEmpty();
    for (Integrity integrity : declared) {
      Hash hash = hashes.get(integrity.strongest());
      matched &= hash != null && integrity.matches(hash);
    }
    Hash sha512 = hashes.get(Algorithm.SHA512);
    if (sha512 == null) {
      throw new IllegalStateException("SHA-512 is always computed");
    }
    return new Result(sha512, matched);
  }

  private static MessageDigest digest(Algorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.javaName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm.javaName(), e);
    }
  }
}
