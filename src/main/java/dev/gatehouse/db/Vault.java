package dev.gatehouse.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets, such as the credentials of upstreams, with AES-256-GCM before they reach the
/// database. The key is a file beside the data that only its owner may read; whoever takes the
/// database alone has nothing.
public final class Vault {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  private Vault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// The vault whose key is `file`, which is made on first use.
  public static Vault open(Path file) {
    try {
      makeKey(file);
      byte[] key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IOException("The key file " + file + " is damaged: restore it from a backup.");
      }
      return new Vault(key);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The sealed form of `secret`.
  public String seal(byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, secret);
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
  }

  /// The secret that was sealed. Throws `IllegalStateException` when the key is not the one that
  /// sealed it.
  public byte[] open(String sealed) {
    byte[] bytes = Base64.getDecoder().decode(sealed);
    byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
    return crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(
          "A stored secret cannot be read: the key file is not the one it was sealed with.",
          failure);
    }
  }

  private static void makeKey(Path file) throws IOException {
    var owned = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    try (var channel = Files.newByteChannel(file, options, owned)) {
      channel.write(ByteBuffer.wrap(fresh));
    } catch (FileAlreadyExistsException _) {
      // Made by an earlier run.
    }
  }
}
