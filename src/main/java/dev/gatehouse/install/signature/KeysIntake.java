package dev.gatehouse.install.signature;

import dev.gatehouse.install.document.Intake;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.npm.signature.RegistryKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/// Takes in what an upstream lists as its keys. There is one such document at each upstream; its
/// name is its path.
public record KeysIntake() implements Intake {
  /// Where registries list their keys.
  static final String PLACE = "-/npm/v1/keys";

  private static final int LARGEST = 1 << 20;

  /// What registries say that have no keys; npm takes 400 and 404 for that.
  private static final Set<Integer> NO_KEYS = Set.of(400, 404, 405, 410, 501);

  @Override
  public String path(String name) {
    return name;
  }

  @Override
  public Set<Integer> absent() {
    return NO_KEYS;
  }

  /// They bear on every package of the upstream.
  @Override
  public void outdate(Stamps stamps, String name) {
    stamps.outdateAll();
  }

  @Override
  public Taken read(Path file, String name) throws IOException {
    if (Files.size(file) > LARGEST) {
      return new Unusable(
          "The upstream's list of keys is larger than the limit of %,d bytes.".formatted(LARGEST));
    }
    byte[] json = Files.readAllBytes(file);
    return RegistryKeys.read(json) == null
        ? new Unusable("What the upstream has in place of its signing keys is something else.")
        : new Usable(HexFormat.of().formatHex(sha256().digest(json)), (_, _) -> {});
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
