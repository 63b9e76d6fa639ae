package dev.gatehouse.publish.pull;

import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.IntegrityCheck;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a lockfile expects of a version's bytes, held against what the registry says of them and,
/// where the two speak of different algorithms, against the bytes.
record Expectation(Integrity expected) {
  private static final int BUFFER = 64 << 10;

  /// Whether what `version` declares agrees; null if that cannot be compared.
  @Nullable Boolean agreesWith(Selected version) {
    List<Hash> same =
        declared(version).stream()
            .filter(hash -> hash.algorithm() == expected.strongest())
            .toList();
    return same.isEmpty() ? null : same.stream().anyMatch(expected::matches);
  }

  /// Whether the bytes of `file` are the expected ones.
  boolean agreesWith(Path file) {
    var check = new IntegrityCheck(List.of(expected));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        check.update(buffer, 0, count);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return check.finish().matched();
  }

  /// Only what the bytes are checked by when they are fetched: a shasum beside an integrity is a
  /// claim that nobody tested.
  private static List<Hash> declared(Selected version) {
    String text = version.source().text(version.row(), Part.INTEGRITY);
    String shasum = version.source().text(version.row(), Part.SHASUM);
    Integrity integrity =
        text != null ? Integrity.parse(text) : shasum != null ? Integrity.ofShasum(shasum) : null;
    return integrity == null
        ? List.of()
        : integrity.hashes().stream()
            .filter(hash -> hash.algorithm() == integrity.strongest())
            .toList();
  }
}
