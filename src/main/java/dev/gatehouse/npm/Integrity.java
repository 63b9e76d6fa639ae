package dev.gatehouse.npm;

import dev.gatehouse.npm.Hash.Algorithm;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a version says its tarball hashes to: at least one hash. As in Subresource Integrity, only
/// the strongest algorithm counts, and of its hashes any one may match.
public record Integrity(List<Hash> hashes) {
  /// Longer texts are refused unread.
  public static final int MAX_LENGTH = 4096;

  public Integrity {
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException("An integrity without a hash matches nothing.");
    }
    hashes = List.copyOf(hashes);
  }

  /// Reads `sha512-…`, or several such separated by white space, each perhaps with options after a
  /// question mark, which say nothing. Hashes of algorithms that are unknown here are left out.
  /// Null if none remains, or if a known one is malformed: then nothing is known for sure.
  public static @Nullable Integrity parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    List<Hash> hashes = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(text, " \t\r\n\f");
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int dash = word.indexOf('-');
      if (dash <= 0) {
        return null;
      }
      Algorithm algorithm = Algorithm.named(word.substring(0, dash));
      if (algorithm == null) {
        continue;
      }
      Hash hash = hash(algorithm, word.substring(dash + 1));
      if (hash == null) {
        return null;
      }
      hashes.add(hash);
    }
    return hashes.isEmpty() ? null : new Integrity(hashes);
  }

  /// Reads the `shasum` of old documents, a SHA-1 in hexadecimal; null if it is none.
  public static @Nullable Integrity ofShasum(String hex) {
    String lower = hex.length() == 40 ? hex.toLowerCase(Locale.ROOT) : "";
    return lower.matches("[0-9a-f]{40}")
        ? new Integrity(List.of(new Hash(Algorithm.SHA1, lower)))
        : null;
  }

  /// The strongest algorithm, by which this is judged.
  public Algorithm strongest() {
    return hashes.stream().map(Hash::algorithm).max(Comparator.naturalOrder()).orElseThrow();
  }

  /// True if `hash` is one of the strongest here. A weaker one never matches.
  public boolean matches(Hash hash) {
    return hash.algorithm() == strongest() && hashes.contains(hash);
  }

  /// True if these bytes, a digest of the strongest algorithm, are among the hashes.
  public boolean matches(byte[] digest) {
    Algorithm strongest = strongest();
    return digest.length == strongest.length() && matches(Hash.of(strongest, digest));
  }

  private static @Nullable Hash hash(Algorithm algorithm, String rest) {
    int options = rest.indexOf('?');
    String base64 = options < 0 ? rest : rest.substring(0, options);
    byte[] digest;
    try {
      digest = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      return null;
    }
    // One digest has one spelling: clients compare the text.
    boolean canonical = Base64.getEncoder().encodeToString(digest).equals(base64);
    return digest.length == algorithm.length() && canonical ? Hash.of(algorithm, digest) : null;
  }

  /// The integrity string, without options and unknown algorithms.
  @Override
  public String toString() {
    return hashes.stream().map(Hash::toString).collect(Collectors.joining(" "));
  }
}
