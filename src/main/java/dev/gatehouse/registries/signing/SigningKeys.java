package dev.gatehouse.registries.signing;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import dev.gatehouse.npm.signature.RegistryKey;
import dev.gatehouse.registries.signing.KeyRows.KeyRow;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The keys of this installation. The newest that this data directory can open signs; there is
/// always one. A key that is out of use is still listed, so that what it signed verifies, but its
/// private part is gone.
public final class SigningKeys {
  private static final Actor ACTOR = new Actor.Job("signing");

  private final Database database;
  private final Vault vault;
  private final Trail trail;
  private volatile @Nullable SigningKey recent;

  /// The keys in `database`, whose private parts `vault` seals.
  public SigningKeys(Database database, Vault vault, Trail trail) {
    this.database = database;
    this.vault = vault;
    this.trail = trail;
  }

  /// A key for people.
  ///
  /// @param expires when it went out of use, or null
  public record Listed(String keyid, Instant created, @Nullable Instant expires) {}

  /// All keys, the newest first.
  public List<Listed> list() {
    return rows().stream()
        .map(row ->
            new Listed(row.keyid(), Instant.ofEpochMilli(row.created()), instant(row.expires())))
        .toList();
  }

  /// All keys as clients see them, the newest first; makes one if there is none.
  public List<RegistryKey> published() {
    var _ = current();
    return rows().stream().map(SigningKeys::published).toList();
  }

  /// The key that signs, as far as this process knows: whoever stores what it signed asks again in
  /// the transaction, by [#confirmed]. Made if there is none.
  public SigningKey current() {
    SigningKey known = recent;
    return known != null ? known : database.write(this::find);
  }

  /// `key` if it is in use, else the one that is: in the caller's transaction.
  public SigningKey confirmed(Handle handle, SigningKey key) {
    return KeyRows.isInUse(handle, key.keyid()) ? key : find(handle);
  }

  /// Takes the keys that are in use out of it and makes a new one. Gives its name.
  public String rotate(Actor actor) {
    return database.write(handle -> {
      // What was signed in this very millisecond was published before.
      KeyRows.retire(handle, trail.clock().millis() + 1);
      SigningKey made = add(handle, "key.rotate", actor);
      recent = made;
      return made.keyid();
    });
  }

  private SigningKey find(Handle handle) {
    SigningKey found = null;
    for (KeyRow row : KeyRows.all(handle)) {
      String secret = row.secret();
      if (found == null && row.expires() == null && secret != null) {
        found = open(row.keyid(), secret);
      }
    }
    SigningKey current = found == null ? add(handle, "key.create", ACTOR) : found;
    recent = current;
    return current;
  }

  private SigningKey add(Handle handle, String action, Actor actor) {
    KeyPair pair = generate();
    RegistryKey made = RegistryKey.of(pair.getPublic(), null);
    String secret = vault.seal(pair.getPrivate().getEncoded());
    KeyRows.add(handle, new KeyRow(made.keyid(), made.key(), secret, trail.clock().millis(), null));
    trail.add(handle, actor, new Trail.Entry(null, action, made.keyid(), ""));
    return new SigningKey(made.keyid(), pair.getPrivate());
  }

  /// Null if another data directory's key sealed it: that one goes on signing with it.
  private @Nullable SigningKey open(String keyid, String sealed) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(vault.open(sealed)));
      return new SigningKey(keyid, secret);
    } catch (IllegalStateException | GeneralSecurityException _) {
      return null;
    }
  }

  private List<KeyRow> rows() {
    return database.read(KeyRows::all);
  }

  private static RegistryKey published(KeyRow row) {
    return new RegistryKey(
        row.keyid(),
        RegistryKey.ECDSA_P256,
        RegistryKey.ECDSA_P256,
        row.publicKey(),
        instant(row.expires()));
  }

  private static @Nullable Instant instant(@Nullable Long milliseconds) {
    return milliseconds == null ? null : Instant.ofEpochMilli(milliseconds);
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
