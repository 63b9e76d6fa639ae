package dev.gatehouse.access.secret;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One Argon2id hash as it is stored: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, in base64 without
/// padding. Its cost stands in the text, so that it can be raised for new hashes alone.
final class Argon2Hash {
  /// OWASP's minimum: 19 MiB, two passes, one lane.
  static final Cost COST = new Cost(19_456, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /// What computing a hash takes: memory in KiB, passes over it, lanes.
  record Cost(int memory, int passes, int lanes) {}

  /// The hash of `password` with a fresh salt.
  static Argon2Hash of(String password, Cost cost) {
    byte[] salt = Secrets.bytes(SALT_BYTES);
    return new Argon2Hash(cost, salt, compute(password, cost, salt, HASH_BYTES));
  }

  /// A hash that no password is known for; checking against it costs what every check costs.
  static Argon2Hash decoy(Cost cost) {
    return new Argon2Hash(cost, Secrets.bytes(SALT_BYTES), Secrets.bytes(HASH_BYTES));
  }

  /// Reads a stored hash; null if the text is none.
  static @Nullable Argon2Hash parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    var cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
    Base64.Decoder base64 = Base64.getDecoder();
    return new Argon2Hash(cost, base64.decode(parts.group(4)), base64.decode(parts.group(5)));
  }

  /// Whether `password` is the one. Takes the same time wherever the two differ.
  boolean matches(String password) {
    return Arrays.constantTimeAreEqual(hash, compute(password, cost, salt, hash.length));
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memory,
            cost.passes,
            cost.lanes,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory)
            .withIterations(cost.passes)
            .withParallelism(cost.lanes)
            .withSalt(salt)
            .build());
    byte[] result = new byte[length];
    // Keyboards and clients spell "é" in two ways: both are one password.
    String canonical = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(canonical.getBytes(StandardCharsets.UTF_8), result);
    return result;
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
