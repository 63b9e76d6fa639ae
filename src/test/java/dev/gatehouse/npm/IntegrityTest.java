package dev.gatehouse.npm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.npm.Hash.Algorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityTest {
  private static final String SHA1 = "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00=";
  private static final String SHA512 =
      "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==";

  @Test
  void readsWhatNpmWrites() throws NoSuchAlgorithmException {
    Integrity integrity = integrity(SHA512);
    assertThat(integrity).hasToString(SHA512);
    assertThat(integrity.strongest()).isEqualTo(Algorithm.SHA512);
    assertThat(integrity.matches(digest(Algorithm.SHA512, "hello"))).isTrue();
    assertThat(integrity.matches(digest(Algorithm.SHA512, "hellp"))).isFalse();
  }

  @Test
  void readsSeveralWithOptionsAndSkipsUnknownAlgorithms() {
    Integrity integrity = integrity("  " + SHA1 + "?opt \n md5-XUFAKrxLKna5cZ2REBfFkg== " + SHA512);
    assertThat(integrity).hasToString(SHA1 + " " + SHA512);
    assertThat(integrity.strongest()).isEqualTo(Algorithm.SHA512);
  }

  @Test
  void aWeakerHashDoesNotMatchWhereAStrongerIsDeclared() throws NoSuchAlgorithmException {
    byte[] sha1 = digest(Algorithm.SHA1, "hello");
    assertThat(integrity(SHA1).matches(sha1)).isTrue();
    assertThat(integrity(SHA1 + " " + SHA512).matches(sha1)).isFalse();
    assertThat(integrity(SHA1 + " " + SHA512).matches(Hash.of(Algorithm.SHA1, sha1))).isFalse();
  }

  @Test
  void anyOfTheStrongestMayMatch() throws NoSuchAlgorithmException {
    byte[] other = digest(Algorithm.SHA512, "other");
    Integrity either = integrity(SHA512 + " " + Hash.of(Algorithm.SHA512, other));
    assertThat(either.matches(other)).isTrue();
    assertThat(either.matches(digest(Algorithm.SHA512, "hello"))).isTrue();
    assertThat(either.matches(digest(Algorithm.SHA512, "third"))).isFalse();
  }

  @Test
  void readsAShasum() {
    Integrity shasum =
        Objects.requireNonNull(Integrity.ofShasum("AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D"));
    assertThat(shasum).isEqualTo(integrity(SHA1));
    assertThat(shasum.hashes().getFirst().hex())
        .isEqualTo("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434",
        "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434dd",
        "gaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        " af4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        "\u0130af4c61ddcc5e8a2dabede0f3b482cd9aea9434"
      })
  void refusesTheShasum(String hex) {
    assertThat(Integrity.ofShasum(hex)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "sha512",
        "sha512-",
        "-",
        "-abc",
        "md5-XUFAKrxLKna5cZ2REBfFkg==",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ01=",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ0==",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00=x",
        "sha512-qvTGHdzF6KLavt4PO0gs2a6pQ00=",
        "SHA1-qvTGHdzF6KLavt4PO0gs2a6pQ00=",
        "sha1-****",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00= sha512-x",
        "sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00= nonsense",
        "sha1-\u0000"
      })
  void refuses(String text) {
    assertThat(Integrity.parse(text)).isNull();
  }

  @Test
  void refusesAnEndlessText() {
    assertThat(Integrity.parse((SHA1 + " ").repeat(120))).isNotNull();
    assertThat(Integrity.parse((SHA1 + " ").repeat(121))).isNull();
  }

  @Test
  void aHashHasItsAlgorithmsLength() {
    assertThatThrownBy(() -> new Hash(Algorithm.SHA1, "00"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hash(Algorithm.SHA1, "A".repeat(40)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Integrity(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  static Integrity integrity(String text) {
    return Objects.requireNonNull(Integrity.parse(text));
  }

  private static byte[] digest(Algorithm algorithm, String text) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance(algorithm.javaName()).digest(text.getBytes(UTF_8));
  }
}
