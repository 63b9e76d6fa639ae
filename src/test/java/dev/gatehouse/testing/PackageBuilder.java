package dev.gatehouse.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Makes real packages: `PackageBuilder.named("@s/n").version("1.0.0").file("index.js", "…")`, then
/// [#tarball] or [#publishBody]. Given nothing else, there is a package.json with name and version.
public final class PackageBuilder {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private interface Step {
    void writeTo(TarArchiveOutputStream tar) throws IOException;
  }

  private final ObjectNode manifest = JsonNodeFactory.instance.objectNode();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private String folder = "package";
  private boolean hasManifest = true;

  private PackageBuilder(String name) {
    manifest.put("name", name).put("version", "1.0.0");
  }

  /// A package called `name`, in version 1.0.0.
  public static PackageBuilder named(String name) {
    return new PackageBuilder(name);
  }

  /// In another version.
  public PackageBuilder version(String version) {
    manifest.put("version", version);
    return this;
  }

  /// Published under `tag` instead of `latest`; may be repeated.
  public PackageBuilder tag(String tag) {
    tags.add(tag);
    return this;
  }

  /// With more in its package.json.
  public PackageBuilder manifest(Consumer<ObjectNode> change) {
    change.accept(manifest);
    return this;
  }

  /// With a file at `path` below the package's folder.
  public PackageBuilder file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// With a file at `path` below the package's folder.
  public PackageBuilder file(String path, byte[] bytes) {
    return entry(folder + "/" + path, TarConstants.LF_NORMAL, bytes);
  }

  /// With any entry of any `type`, see [TarConstants]; `path` is taken as it is. For hostile ones.
  public PackageBuilder entry(String path, byte type, byte[] bytes) {
    steps.add(tar -> write(tar, path, type, bytes));
    return this;
  }

  /// Packed under another folder than `package`; applies to files that follow.
  public PackageBuilder folder(String name) {
    folder = name;
    return this;
  }

  /// Packed without a package.json of ours.
  public PackageBuilder withoutManifest() {
    hasManifest = false;
    return this;
  }

  /// The bytes of the .tgz, always the same for the same package.
  public byte[] tarball() {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The bytes of the archive before compression.
  public byte[] tar() {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      if (hasManifest) {
        var text = manifest.toPrettyString().getBytes(StandardCharsets.UTF_8);
        write(tar, folder + "/package.json", TarConstants.LF_NORMAL, text);
      }
      for (var step : steps) {
        step.writeTo(tar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(TarArchiveOutputStream tar, String path, byte type, byte[] bytes)
      throws IOException {
    var entry = new TarArchiveEntry(path, type, true);
    var isLink = type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK;
    if (isLink) {
      entry.setLinkName(new String(bytes, StandardCharsets.UTF_8));
    } else {
      entry.setSize(bytes.length);
    }
    entry.setMode(0644);
    entry.setModTime(499162500000L);
    tar.putArchiveEntry(entry);
    if (!isLink) {
      tar.write(bytes);
    }
    tar.closeArchiveEntry();
  }

  /// The body of the `PUT` that publishes it, as npm sends it.
  public byte[] publishBody() {
    try {
      return MAPPER.writeValueAsBytes(publishDocument());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// [#publishBody] before it is written, for tests that change it.
  public ObjectNode publishDocument() {
    var name = manifest.path("name").asText();
    var version = manifest.path("version").asText();
    var tarball = tarball();
    var document = JsonNodeFactory.instance.objectNode();
    var description = manifest.path("description").asText("A package for tests");
    document.put("_id", name).put("name", name).put("description", description);
    var distTags = document.putObject("dist-tags");
    (tags.isEmpty() ? List.of("latest") : tags).forEach(tag -> distTags.put(tag, version));
    document.putObject("versions").set(version, published(name, version, tarball));
    document.putNull("access");
    document
        .putObject("_attachments")
        .putObject(name + "-" + version + ".tgz")
        .put("content_type", "application/octet-stream")
        .put("data", Base64.getEncoder().encodeToString(tarball))
        .put("length", tarball.length);
    return document;
  }

  /// Attaches to a publish document what says how `tarball` was built, as npm does.
  public static ObjectNode attachProvenance(ObjectNode document, byte[] tarball) {
    String name = document.path("name").asText();
    String version = document.path("versions").fieldNames().next();
    String statement =
        """
        {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1",
         "subject":[{"name":"pkg:npm/%s@%s","digest":{"sha512":"%s"}}]}
        """
            .formatted(
                name.replace("@", "%40"),
                version,
                HexFormat.of().formatHex(hash("SHA-512", tarball)));
    String payload = Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
    String bundle =
        "{\"mediaType\":\"%s\",\"dsseEnvelope\":{\"payload\":\"%s\"}}".formatted(BUNDLE, payload);
    document
        .withObject("_attachments")
        .putObject(name + "-" + version + ".sigstore")
        .put("content_type", BUNDLE)
        .put("data", bundle)
        .put("length", bundle.length());
    return document;
  }

  private ObjectNode published(String name, String version, byte[] tarball) {
    var published = manifest.deepCopy();
    published.put("_id", name + "@" + version).put("_nodeVersion", "24.15.0");
    published.put("_npmVersion", "12.2.0").put("readme", "# " + name);
    published.put("readmeFilename", "README.md");
    published
        .putObject("dist")
        .put("integrity", "sha512-" + Base64.getEncoder().encodeToString(hash("SHA-512", tarball)))
        .put("shasum", HexFormat.of().formatHex(hash("SHA-1", tarball)))
        .put("tarball", "http://localhost/" + name + "/-/" + name + "-" + version + ".tgz");
    return published;
  }

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
