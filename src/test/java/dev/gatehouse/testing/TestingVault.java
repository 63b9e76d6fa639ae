package dev.gatehouse.testing;

import dev.gatehouse.db.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Vaults with a key that nobody else has.
public final class TestingVault {
  private TestingVault() {}

  /// A vault of its own for one test.
  public static Vault fresh() {
    try {
      Path directory = Files.createTempDirectory("gatehouse-test");
      try {
        return Vault.open(directory.resolve("key"));
      } finally {
        TestingDirectories.delete(directory);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
