package dev.gatehouse.npm.packument;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A version that a document lists and that cannot be served, whatever the policy says. `version`
/// is the key as the document spells it; if that is longer than 256 characters, its beginning and a
/// digest of all of it, so that no two are called the same. `reason` is a sentence.
public record Dropped(String version, String reason) {
  private static final int LONGEST = 256;

  static Dropped of(String key, String reason) {
    if (key.length() <= LONGEST) {
      return new Dropped(key, reason);
    }
    String digest = digest(key);
    int end = LONGEST - digest.length() - 1;
    int whole = Character.isHighSurrogate(key.charAt(end - 1)) ? end - 1 : end;
    return new Dropped(key.substring(0, whole) + "…" + digest, reason);
  }

  private static String digest(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
