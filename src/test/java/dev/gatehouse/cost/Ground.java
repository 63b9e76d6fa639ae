package dev.gatehouse.cost;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.advisories.feed.Imported;
import dev.gatehouse.advisories.feed.Importer;
import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// A server with an upstream that has packages like those of the public registry.
final class Ground implements AutoCloseable {
  static final String OLD = "2020-01-01T00:00:00.000Z";

  /// Ten, all of which look at every version, and let nearly all of these pass.
  static final Map<PolicyName, String> TEN =
      Map.of(
          PolicyName.MALWARE, "{}",
          PolicyName.VULNERABILITIES, "{}",
          PolicyName.BLOCK_LIST, "{\"list\":[\"react*\",\"@evil/*\",\"pad@9.9.9\"]}",
          PolicyName.LICENCES,
              "{\"rules\":[{\"licence\":\"AGPL-*\",\"action\":\"block\",\"severity\":\"high\"}]}",
          PolicyName.DELAY, "{\"age\":\"7d\"}",
          PolicyName.INSTALL_SCRIPTS, "{\"implicit\":false}",
          PolicyName.QUARANTINE_NEW, "{\"since\":\"2026-11-01T00:00:00Z\"}",
          PolicyName.TRUST,
              "{\"unchecked\":\"allow\",\"missing\":\"allow\",\"new-publisher\":\"allow\"}",
          PolicyName.EXOTIC, "{}",
          PolicyName.CUSTOM,
              "{\"rules\":[{\"when\":\"deprecated && size(scripts) > 3\",\"action\":\"block\",\"reason\":\"No.\"}]}");

  private static final JsonMapper MAPPER = new JsonMapper();

  final TestingServer server = TestingServer.start(Dialect.SQLITE, new TestingClock());
  final String token = server.token("ada", Role.DEVELOPER);

  /// All ten of a registry.
  void ten(String registry, Mode mode) {
    TEN.forEach((policy, settings) -> set(registry, policy, mode, settings));
  }

  void set(String registry, PolicyName policy, Mode mode, String settings) {
    server
        .services()
        .policies()
        .set(new Actor.Operator(), server.registry(registry), policy, mode, json(settings));
  }

  TestingReply get(String path) {
    return server.get(token, "/r/default/" + path);
  }

  Found.Versions find(String name) {
    return (Found.Versions)
        server.services().reading().views().find(server.registry(), name, Ask.USUAL);
  }

  /// Takes a feed over, as its regular refresh does.
  Imported take(Path zip) throws IOException {
    return server
        .services()
        .advisories()
        .replace(
            new Actor.Operator(),
            new Feed("osv", Feed.Trust.GUARDED, zip.toString()),
            sink -> OsvFiles.read(zip, sink),
            Importer.Options.NONE);
  }

  /// Adds to a feed, as it does when it finds new records.
  Imported add(Path zip) throws IOException {
    return server
        .services()
        .advisories()
        .add(
            new Actor.Operator(),
            new Feed("osv", Feed.Trust.GUARDED, zip.toString()),
            sink -> OsvFiles.read(zip, sink));
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// Puts a package with so many versions at the upstream. `copyleft` tells which are AGPL: each
  /// with a number divisible by it; 0 for none. Nobody asks for the tarballs.
  void put(String name, int versions, int copyleft) {
    ObjectNode document = MAPPER.createObjectNode().put("name", name).put("_id", name);
    document.putObject("dist-tags").put("latest", "1.0." + (versions - 1));
    ObjectNode all = document.putObject("versions");
    ObjectNode time = document.putObject("time").put("created", OLD).put("modified", OLD);
    for (int number = 0; number < versions; number++) {
      String version = "1.0." + number;
      time.put(version, OLD);
      boolean agpl = copyleft > 0 && number % copyleft == 1;
      ObjectNode one = all.putObject(version).put("name", name).put("version", version);
      describe(one, name, agpl ? "AGPL-3.0-only" : "MIT");
      byte[] hash = sha512(name + version);
      one.putObject("dist")
          .put(
              "tarball",
              server.upstream().url() + "/" + name + "/-/" + name + "-" + version + ".tgz")
          .put("shasum", HexFormat.of().formatHex(hash, 0, 20))
          .put("integrity", "sha512-" + Base64.getEncoder().encodeToString(hash))
          .put("fileCount", 12)
          .put("unpackedSize", 48_000);
    }
    server.upstream().put(name, document.toString());
  }

  private static void describe(ObjectNode one, String name, String licence) {
    one.put("license", licence);
    one.put("description", "Pads whatever is too short, on the left or on the right, as needed.");
    one.putObject("scripts").put("test", "node test.js").put("build", "tsc -p .");
    one.putObject("dependencies").put("left-" + name, "^1.2.0").put("right-" + name, "~2.0.1");
    one.putObject("devDependencies").put("typescript", "^5.0.0").put("eslint", "^9.1.0");
    one.putObject("_npmUser").put("name", "ada").put("email", "someone@mail.test");
  }

  private static byte[] sha512(String text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
