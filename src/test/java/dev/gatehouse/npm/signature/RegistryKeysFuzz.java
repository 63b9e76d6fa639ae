package dev.gatehouse.npm.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A fuzz target: whatever the bytes, they are no list of keys, or one that reads back the same
/// when it is served, and by whose keys nothing verifies that they have not signed.
public final class RegistryKeysFuzz {
  private RegistryKeysFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] bytes) {
    RegistryKeys keys = RegistryKeys.read(bytes);
    if (keys == null) {
      return;
    }
    byte[] served = keys.listed().toString().getBytes(StandardCharsets.UTF_8);
    assertThat(Objects.requireNonNull(RegistryKeys.read(served)).all()).isEqualTo(keys.all());
    for (RegistryKey key : keys.all()) {
      for (String sig : List.of("", "AAAA", "not base64", "MAYCAQACAQA=")) {
        assertThat(
                keys.verify(
                    new Signed("a", "1.0.0", "sha512-AAAA"),
                    Instant.EPOCH,
                    List.of(new RegistrySignature(key.keyid(), sig))))
            .isFalse();
      }
    }
  }
}
