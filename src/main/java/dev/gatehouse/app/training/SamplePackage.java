package dev.gatehouse.app.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A package as registries have them, made up: a tarball, its packument of many versions, and the
/// body that would publish it.
final class SamplePackage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSIONS = 80;
  private static final int PAYLOAD = 20_000;

  private final String name;
  private final byte[] tarball;

  private SamplePackage(String name, byte[] tarball) {
    this.name = name;
    this.tarball = tarball;
  }

  String name() {
    return name;
  }

  byte[] tarball() {
    return tarball;
  }

  static SamplePackage of(String name) throws IOException {
    byte[] payload = new byte[PAYLOAD];
    new Random(name.hashCode()).nextBytes(payload);
    byte[] manifest =
        "{\"name\":\"%s\",\"version\":\"1.0.0\"}".formatted(name).getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      add(tar, "package/package.json", manifest);
      add(tar, "package/index.js", payload);
    }
    return new SamplePackage(name, bytes.toByteArray());
  }

  /// Its packument, with tarballs below `base`.
  byte[] packument(String base) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("_id", name).put("name", name);
    root.putObject("dist-tags").put("latest", "1.0.0");
    ObjectNode versions = root.putObject("versions");
    ObjectNode time = root.putObject("time");
    for (int i = 0; i < VERSIONS; i++) {
      String version = i == 0 ? "1.0.0" : "0." + i + ".0";
      ObjectNode one = versions.putObject(version);
      describe(one, version).put("tarball", base + name + "/-/" + name + "-" + version + ".tgz");
      time.put(version, "2024-01-01T00:00:00.000Z");
    }
    return JSON.writeValueAsBytes(root);
  }

  /// The body that publishes version 1.0.0.
  byte[] publishBody() throws IOException {
    ObjectNode root = JSON.createObjectNode().put("_id", name).put("name", name);
    root.putObject("dist-tags").put("latest", "1.0.0");
    describe(root.putObject("versions").putObject("1.0.0"), "1.0.0");
    root.putObject("_attachments")
        .putObject(name + "-1.0.0.tgz")
        .put("content_type", "application/octet-stream")
        .put("data", Base64.getEncoder().encodeToString(tarball))
        .put("length", tarball.length);
    return JSON.writeValueAsBytes(root);
  }

  private ObjectNode describe(ObjectNode manifest, String version) {
    manifest.put("name", name).put("version", version).put("description", "A sample of " + name);
    manifest.put("license", "MIT").put("_id", name + "@" + version);
    manifest.putObject("scripts").put("test", "node test.js").put("build", "tsc -p .");
    manifest.putObject("dependencies").put("left", "^1.2.0").put("right", "~2.0.1");
    manifest.putObject("devDependencies").put("typescript", "^5.0.0").put("eslint", "^9.1.0");
    manifest.putObject("engines").put("node", ">=18");
    manifest.putObject("_npmUser").put("name", "someone").put("email", "");
    return manifest
        .putObject("dist")
        .put("integrity", "sha512-" + Base64.getEncoder().encodeToString(digest("SHA-512")))
        .put("shasum", HexFormat.of().formatHex(digest("SHA-1")));
  }

  private byte[] digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(tarball);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void add(TarArchiveOutputStream tar, String path, byte[] bytes)
      throws IOException {
    var entry = new TarArchiveEntry(path);
    entry.setSize(bytes.length);
    // Made twice, it has to be the same to the last byte.
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
