package dev.gatehouse.npm.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import dev.gatehouse.testing.TestingRegistryKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryKeysTest {
  private static final Signed PAD = new Signed("pad", "1.0.0", "sha512-AAAA");
  private static final Instant PUBLISHED = Instant.parse("2022-01-01T00:00:00Z");

  private final TestingRegistryKey key = TestingRegistryKey.generate();
  private final List<RegistrySignature> good = signatures(key);

  private static RegistryKeys read(String json) {
    return Objects.requireNonNull(RegistryKeys.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<RegistrySignature> signatures(TestingRegistryKey key) {
    JsonNode signed = key.signatures("pad", "1.0.0", "sha512-AAAA");
    return Objects.requireNonNull(RegistrySignature.read(signed));
  }

  @ParameterizedTest
  @CsvSource({
    "pad, 1.0.0, sha512-AAAA, true",
    "pap, 1.0.0, sha512-AAAA, false",
    "pad, 1.0.1, sha512-AAAA, false",
    "pad, 1.0.0, sha512-AAAB, false"
  })
  void aSignatureIsGoodForExactlyWhatWasSigned(
      String name, String version, String integrity, boolean expected) {
    assertThat(read(key.listed(null)).verify(new Signed(name, version, integrity), PUBLISHED, good))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2022-01-01T00:00:00.001Z, true",
    "2022-01-01T00:00:00.000Z, false",
    "2021-01-01T00:00:00.000Z, false",
    "soon, false"
  })
  void aKeyCountsForWhatWasPublishedBeforeItExpired(String expires, boolean expected) {
    assertThat(read(key.listed(expires)).verify(PAD, PUBLISHED, good)).isEqualTo(expected);
  }

  @Test
  void allSignaturesMustBeGoodAndThereMustBeOne() {
    RegistryKeys keys = read(key.listed(null));
    RegistrySignature stranger = signatures(TestingRegistryKey.generate()).getFirst();

    assertThat(keys.verify(PAD, PUBLISHED, List.of())).isFalse();
    assertThat(keys.verify(PAD, PUBLISHED, List.of(good.getFirst(), stranger))).isFalse();
    assertThat(keys.verify(PAD, PUBLISHED, List.of(good.getFirst(), good.getFirst()))).isTrue();
  }

  @Test
  void aKeyOfAnotherKindChecksNothingAndIsListedAsItWas() {
    RegistryKeys keys = read(key.listed(null).replace("ecdsa-sha2-nistp256", "ed25519"));

    assertThat(keys.verify(PAD, PUBLISHED, good)).isFalse();
    assertThat(keys.listed().at("/keys/0/keytype").asText()).isEqualTo("ed25519");
  }
}
