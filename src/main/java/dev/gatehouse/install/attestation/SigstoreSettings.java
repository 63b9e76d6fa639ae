package dev.gatehouse.install.attestation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// By whose word provenance is believed.
///
/// @param trustedRoot a file in sigstore's format; null is the one of the public instance that
///   ships with the program
public record SigstoreSettings(@Nullable Path trustedRoot) {
  private static final String SHIPPED = "/sigstore/trusted_root.json";

  /// Refuses a file that cannot be read.
  public SigstoreSettings {
    if (trustedRoot != null && !Files.isReadable(trustedRoot)) {
      throw new IllegalArgumentException(
          "sigstore.trusted-root names the file %s, which cannot be read.".formatted(trustedRoot));
    }
  }

  /// The root that ships with the program.
  public static SigstoreSettings defaults() {
    return new SigstoreSettings(null);
  }

  /// The root, as it is written.
  byte[] read() {
    try (InputStream in =
        trustedRoot == null
            ? SigstoreSettings.class.getResourceAsStream(SHIPPED)
            : Files.newInputStream(trustedRoot)) {
      if (in == null) {
        throw new IllegalStateException("The trust root is not among the program's files.");
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
