package dev.gatehouse.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A package of several versions as an upstream serves it, each with its tarball. The version added
/// last is `latest` unless another is named.
public final class TestingPackument {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String name;
  private final ObjectNode document = MAPPER.createObjectNode();
  private final Map<String, byte[]> tarballs = new LinkedHashMap<>();

  private TestingPackument(String name) {
    this.name = name;
    document.put("_id", name).put("name", name);
    document.putObject("dist-tags");
    document.putObject("versions");
    document.putObject("time");
  }

  /// A package without a version yet.
  public static TestingPackument of(String name) {
    return new TestingPackument(name);
  }

  /// One version more, published then; null for one without a time. `change` applies to its
  /// package.json and so to what the registry lists.
  public TestingPackument version(
      String version, @Nullable String published, Consumer<ObjectNode> change) {
    return version(
        version, published, change, PackageBuilder.named(name).version(version).manifest(change));
  }

  /// One version more, with a tarball that need not be what the registry lists.
  public TestingPackument version(
      String version,
      @Nullable String published,
      Consumer<ObjectNode> listed,
      PackageBuilder packed) {
    byte[] tarball = packed.tarball();
    ObjectNode one = document.withObjectProperty("versions").putObject(version);
    one.put("name", name).put("version", version);
    listed.accept(one);
    one.putObject("dist")
        .put("shasum", TestingPackage.shasum(tarball))
        .put("integrity", TestingPackage.integrity(tarball));
    if (published != null) {
      document.withObjectProperty("time").put(version, published);
    }
    tarballs.put(version, tarball);
    return tag("latest", version);
  }

  /// One version more that came out long ago.
  public TestingPackument version(String version) {
    return version(version, "2020-01-01T00:00:00.000Z", _ -> {});
  }

  /// Lets `tag` name `version`.
  public TestingPackument tag(String tag, String version) {
    document.withObjectProperty("dist-tags").put(tag, version);
    return this;
  }

  /// Signs all versions so far by `key`.
  public TestingPackument signedBy(TestingRegistryKey key) {
    document
        .withObjectProperty("versions")
        .properties()
        .forEach(one -> {
          var dist = (ObjectNode) one.getValue().path("dist");
          dist.set(
              "signatures", key.signatures(name, one.getKey(), dist.path("integrity").asText()));
        });
    return this;
  }

  /// Changes what the document says in `dist` of a version.
  public TestingPackument dist(String version, Consumer<ObjectNode> change) {
    change.accept((ObjectNode) document.at("/versions").path(version).path("dist"));
    return this;
  }

  /// Puts the document and all tarballs at `upstream`.
  public void putAt(TestingUpstream upstream) {
    tarballs.forEach((version, tarball) -> {
      document
          .withObjectProperty("versions")
          .withObjectProperty(version)
          .withObjectProperty("dist")
          .put("tarball", upstream.url(TestingPackage.tarballPath(name, version)).toString());
      upstream.putTarball(name, version, tarball);
    });
    upstream.put(name, document.toString());
  }

  /// The bytes of a version's tarball.
  public byte[] tarball(String version) {
    byte[] tarball = tarballs.get(version);
    if (tarball == null) {
      throw new IllegalArgumentException("no " + version);
    }
    return tarball;
  }
}
