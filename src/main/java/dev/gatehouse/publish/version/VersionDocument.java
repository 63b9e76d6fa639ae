package dev.gatehouse.publish.version;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.npm.InstallScripts;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import dev.gatehouse.npm.tarball.TarballContents;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.registries.signing.SigningKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Composes what clients will read of a version: its manifest as it was sent, with what only the
/// registry may say of it.
///
/// Text is ASCII, everything else escaped: half of a surrogate pair, which JSON allows and UTF-8
/// does not, stays what it was.
public final class VersionDocument {
  private static final JsonMapper JSON =
      new JsonMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
  private static final List<String> DETAILS =
      List.of("author", "contributors", "repository", "homepage", "keywords", "license", "bugs");
  private static final int LONGEST_README = 256 << 10;

  private VersionDocument() {}

  /// `node` as text.
  public static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The text of a manifest with its deprecation changed, null for none.
  public static String deprecated(String manifest, @Nullable String message) {
    try {
      var node = (ObjectNode) JSON.readTree(manifest);
      if (message == null) {
        node.remove("deprecated");
      } else {
        node.put("deprecated", message);
      }
      return text(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The text of `manifest`, which names its package and version, signed by `key`.
  static String signed(ObjectNode manifest, String integrity, SigningKey key) {
    var signed =
        new Signed(manifest.path("name").asText(), manifest.path("version").asText(), integrity);
    manifest.withObject("dist").set("signatures", key.sign(signed).listed());
    return text(manifest);
  }

  /// `version`, signed by `key` in the place of any other.
  static HostedVersion signed(HostedVersion version, SigningKey key) {
    try {
      var manifest = (ObjectNode) JSON.readTree(version.manifest());
      return version.withSigned(signed(manifest, version.integrity(), key), key.keyid());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The version object, but for the tarball's URL.
  static ObjectNode manifest(
      Publication publication,
      TarballContents contents,
      Account by,
      @Nullable Attestation attestation) {
    ObjectNode manifest = publication.manifest().deepCopy();
    ObjectNode dist = manifest.withObject("dist");
    dist.put("fileCount", contents.files()).put("unpackedSize", contents.unpackedBytes());
    if (attestation != null) {
      ObjectNode attestations = dist.putObject("attestations");
      attestations.put(
          "url",
          "/-/npm/v1/attestations/%s@%s".formatted(publication.name(), publication.version()));
      attestations.putObject("provenance").put("predicateType", attestation.predicateType());
    }
    manifest.putObject("_npmUser").put("name", by.name()).put("email", by.email());
    manifest.put("_hasShrinkwrap", contents.shrinkwrap());
    if (runsOnInstall(manifest, contents)) {
      manifest.put("hasInstallScript", true);
    }
    return manifest;
  }

  /// The fields that describe the package as a whole, as this version has them.
  static ObjectNode details(Publication publication, TarballContents contents) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    Publication.Listing listing = publication.listing();
    put(details, "description", listing.description());
    TarballContents.Readme packed = contents.readme();
    boolean sent = listing.readme() != null && !listing.readme().isEmpty();
    if (sent || packed == null) {
      put(details, "readme", listing.readme());
      put(details, "readmeFilename", listing.readmeFilename());
    } else {
      put(details, "readme", packed.text());
      put(details, "readmeFilename", packed.fileName());
    }
    for (String field : DETAILS) {
      JsonNode value = publication.manifest().get(field);
      if (value != null && !value.isNull()) {
        details.set(field, value);
      }
    }
    return details;
  }

  /// Installers run the scripts of the tarball's own package.json, whatever the manifest says, and
  /// node-gyp for a binding.gyp that no script builds.
  private static boolean runsOnInstall(ObjectNode manifest, TarballContents contents) {
    JsonNode packed = contents.packageJson();
    boolean scripted =
        InstallScripts.NAMES.stream()
            .anyMatch(script ->
                isScript(packed.path("scripts").path(script))
                    || isScript(manifest.path("scripts").path(script)));
    boolean refused = packed.path("gypfile").isBoolean() && !packed.path("gypfile").booleanValue();
    return scripted || (contents.bindingGyp() && !refused);
  }

  private static boolean isScript(JsonNode script) {
    return script.isTextual() && !script.textValue().isBlank();
  }

  private static void put(ObjectNode details, String field, @Nullable String text) {
    if (text != null) {
      details.put(field, text.length() > LONGEST_README ? text.substring(0, LONGEST_README) : text);
    }
  }
}
