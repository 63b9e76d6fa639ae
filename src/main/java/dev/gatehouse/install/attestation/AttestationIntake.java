package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.install.document.Intake;
import dev.gatehouse.npm.BoundedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Takes attestations in, as the upstream has them: what they say is for clients to check, with
/// their signatures. Here only that they are such a document at all. Their name is their path.
public record AttestationIntake() implements Intake {
  private static final int LARGEST = 8 << 20;
  private static final JsonFactory JSON = BoundedJson.factory(LARGEST, LARGEST);

  @Override
  public String path(String name) {
    return name;
  }

  @Override
  public Taken read(Path file, String name) throws IOException {
    if (Files.size(file) > LARGEST) {
      return new Unusable(
          "The upstream's attestations are larger than the limit of %,d bytes.".formatted(LARGEST));
    }
    MessageDigest sha256 = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(file), sha256);
        JsonParser json = JSON.createParser(in)) {
      return isAttestations(json)
          ? new Usable(HexFormat.of().formatHex(sha256.digest()), (_, _) -> {})
          : new Unusable("What the upstream has in place of attestations is something else.");
    } catch (JacksonException _) {
      return new Unusable("The upstream's attestations are not valid JSON.");
    }
  }

  /// Whether this is an object with a list of attestations; reads it to its end.
  private static boolean isAttestations(JsonParser json) throws IOException {
    boolean listed = false;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals("attestations");
      listed |= json.nextToken() == JsonToken.START_ARRAY && wanted;
      json.skipChildren();
    }
    return json.nextToken() == null && listed;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
