package dev.gatehouse.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Which passwords were right a moment ago. Clients that are set up with name and password send
/// them with each of a thousand requests; one slow hash must do for all, also when they come at
/// once. Kept under a key that is drawn at the start and never leaves the memory, for five minutes
/// at most, and only as long as no account and no token changes.
final class RememberedPasswords {
  private static final int MOST = 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final Cache<String, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

  RememberedPasswords() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  private record Remembered(long accountId, Snapshot snapshot) {}

  /// The id of the account that the password opens: remembered under `snapshot`, else what `check`
  /// finds, which throws if it is wrong. Of equal questions at once, one is asked.
  long require(
      long workspaceId,
      Authentication.NeedsPassword asked,
      Snapshot snapshot,
      Supplier<Long> check) {
    return remembered
        .asMap()
        .compute(
            keyOf(workspaceId, asked),
            (_, before) ->
                before != null && before.snapshot == snapshot
                    ? before
                    : new Remembered(check.get(), snapshot))
        .accountId;
  }

  private String keyOf(long workspaceId, Authentication.NeedsPassword asked) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] name = asked.name().getBytes(StandardCharsets.UTF_8);
      mac.update(
          ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
              .putLong(workspaceId)
              .putInt(name.length)
              .array());
      mac.update(name);
      return HexFormat.of()
          .formatHex(mac.doFinal(asked.password().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
