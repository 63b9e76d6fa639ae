package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/// Provenance of the npm package `sigstore`, as its registry hands it out. That of 0.4.0 is of the
/// first form, with a promise and no proof; that of 2.2.0 of the third, with both. They were found
/// among the test data of npm's pacote and of GitHub's gh; the tarball of 2.2.0 is that of npm.
public enum RealBundle {
  FIRST(
      "0.4.0",
      "282c0c5fa936d264321643581b65d3de5c0af6ed4fdfac12f5851115df39cc25"
          + "cfaf0ad22d908487bfef30114d61c25746206d1834be4f8fd1659178f77cc004"),
  THIRD(
      "2.2.0",
      "7dc53d7251f012cb36fccff5d4514cf09c1ce0f8c181b857a0db24a0ae60ba82"
          + "b4a8640149e51b419449f81d9f0c522f8727f482a09a3eb7a5f66b336e1031ba");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final String version;
  private final String sha512;

  RealBundle(String version, String sha512) {
    this.version = version;
    this.sha512 = sha512;
  }

  /// The document that the registry hands out.
  public String document() {
    String path = "/sigstore/sigstore-" + version + ".json";
    try (InputStream in = RealBundle.class.getResourceAsStream(path)) {
      return MAPPER.readTree(Objects.requireNonNull(in, path)).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The tarball of 2.2.0.
  public static byte[] tarball() {
    try (InputStream in = RealBundle.class.getResourceAsStream("/sigstore/sigstore-2.2.0.tgz")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The bundle in it, for tests to change.
  ObjectNode bundle() {
    try {
      JsonNode bundle = MAPPER.readTree(document()).at("/attestations/0/bundle");
      return (ObjectNode) bundle;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The `integrity` of the version that it is of.
  public String integrity() {
    return "sha512-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha512));
  }

  /// The version that it is of.
  public String version() {
    return version;
  }

  Claim claim() {
    return claim("sigstore", version, integrity());
  }

  static Claim claim(String name, String version, String integrity) {
    var source = new UpstreamSource(URI.create("http://localhost:1/"), null);
    String path = "-/npm/v1/attestations/" + name + "@" + version;
    return new Claim(
        new Claim.Outside(new Origin("here", source), path, false),
        name,
        version,
        Objects.requireNonNull(Integrity.parse(integrity)),
        Instant.EPOCH);
  }
}
