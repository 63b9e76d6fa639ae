package dev.gatehouse.testing;

import dev.gatehouse.npm.PackageName;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A package of one version as an upstream serves it: a document, and a tarball that hashes to what
/// the document declares.
///
/// @param published null for a document without `time`
public record TestingPackage(String name, String version, @Nullable String published) {

  /// A package whose version came out long ago.
  public static TestingPackage of(String name, String version) {
    return new TestingPackage(name, version, "2020-01-01T00:00:00.000Z");
  }

  /// Puts the document and the tarball at `upstream`.
  public void putAt(TestingUpstream upstream) {
    byte[] tarball = tarball();
    upstream.put(name, packument(upstream.url(), tarball));
    upstream.putTarball(name, version, tarball);
  }

  /// The bytes of the tarball, the same each time.
  public byte[] tarball() {
    return PackageBuilder.named(name).version(version).tarball();
  }

  /// The document, declaring the digests of `tarball` at its canonical path below `base`. Other
  /// bytes than [#tarball] make one whose digests are wrong.
  public String packument(URI base, byte[] tarball) {
    String manifest =
        """
        {"name":"%s","version":"%s","dist":{"tarball":"%s","shasum":"%s","integrity":"%s"}}\
        """
            .formatted(
                name,
                version,
                base.resolve(tarballPath(name, version)),
                shasum(tarball),
                integrity(tarball));
    String time =
        published == null
            ? ""
            : ",\"time\":{\"created\":\"%s\",\"modified\":\"%s\",\"%s\":\"%s\"}"
                .formatted(published, published, version, published);
    return "{\"_id\":\"%s\",\"name\":\"%s\",\"dist-tags\":{\"latest\":\"%s\"},\"versions\":{\"%s\":%s}%s}"
        .formatted(name, name, version, version, manifest, time);
  }

  /// The path of a version's tarball that every client can build.
  public static String tarballPath(String name, String version) {
    return "/" + new PackageName(name).tarballPath(version);
  }

  /// The `integrity` of `bytes`.
  public static String integrity(byte[] bytes) {
    return "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512", bytes));
  }

  /// The `shasum` of `bytes`.
  public static String shasum(byte[] bytes) {
    return HexFormat.of().formatHex(digest("SHA-1", bytes));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
