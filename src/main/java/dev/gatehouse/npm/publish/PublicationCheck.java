package dev.gatehouse.npm.publish;

import static dev.gatehouse.npm.publish.DocumentReader.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.Excerpt;
import dev.gatehouse.npm.publish.DocumentParts.Attachment;
import dev.gatehouse.npm.publish.DocumentParts.Text;
import dev.gatehouse.npm.publish.Publication.Listing;
import dev.gatehouse.npm.publish.Publication.Provenance;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Makes a [Publication] of a document with attachments, if all of it tells the same story.
final class PublicationCheck {
  /// What only the registry may say of a version. Some clients leave hashes of their own at the top
  /// level, and who published or approved a version is trusted by installers.
  private static final List<String> NOT_THEIRS =
      List.of(
          "_npmUser",
          "_npmOperationalInternal",
          "_hasShrinkwrap",
          "hasInstallScript",
          "maintainers",
          "_rev",
          "_attachments",
          "_integrity",
          "integrity",
          "shasum",
          "dist");

  private PublicationCheck() {}

  static Publication publication(DocumentParts parts) {
    var name = agreedName(parts);
    if (name == null) {
      throw malformed("The publish document does not say the package's name.");
    }
    Naming.requireName(name);
    var key = onlyVersion(parts);
    var version = Naming.version(key);
    var manifest = agreedManifest(parts, name, version);
    var listing = listing(parts, manifest, key);
    var stems = List.of(name + "-" + version, name + "-" + key);
    var tarball = tarball(parts, stems);
    DeclaredHashes.require(manifest.path("dist"), tarball);
    var provenance = provenance(parts, stems);
    clean(manifest, name, version, tarball);
    parts.release();
    return new Publication(name, version, manifest, listing, tarball, provenance);
  }

  /// The name, null if the document leaves it to the URL.
  static @Nullable String agreedName(DocumentParts parts) {
    var id = parts.text(Text.ID);
    var name = parts.text(Text.NAME);
    if (id != null && name != null && !id.equals(name)) {
      throw disagree("its _id", id, "its name", name);
    }
    return name == null ? id : name;
  }

  private static String onlyVersion(DocumentParts parts) {
    var versions = parts.versions;
    if (versions == null || versions.size() != 1) {
      throw malformed(
          "The publish document attaches a file and has %d versions. Publish one version at a time."
              .formatted(versions == null ? 0 : versions.size()));
    }
    return versions.keySet().iterator().next();
  }

  private static ObjectNode agreedManifest(DocumentParts parts, String name, Version version) {
    var manifest = parts.manifest;
    if (manifest == null) {
      throw new IllegalStateException("a version without its manifest");
    }
    var theirName = manifest.path("name").asText();
    if (!manifest.path("name").isTextual() || !theirName.equals(name)) {
      throw disagree("its name", name, "the name in its manifest", theirName);
    }
    var theirVersion = manifest.path("version").asText();
    if (!manifest.path("version").isTextual() || !Naming.version(theirVersion).equals(version)) {
      throw disagree(
          "its version", version.toString(), "the version in its manifest", theirVersion);
    }
    requireId(manifest.path("_id"), name + "@" + version);
    return manifest;
  }

  private static void requireId(JsonNode id, String expected) {
    var build = id.asText().indexOf('+');
    var theirs = build < 0 ? id.asText() : id.asText().substring(0, build);
    if (!id.isMissingNode() && !theirs.equals(expected)) {
      throw disagree("its name and version", expected, "its manifest's _id", id.asText());
    }
  }

  private static Listing listing(DocumentParts parts, ObjectNode manifest, String key) {
    var access = parts.text(Text.ACCESS);
    if (access != null && !access.equals("public") && !access.equals("restricted")) {
      throw malformed("The access must be public or restricted, not " + Excerpt.of(access) + ".");
    }
    return new Listing(
        distTags(parts, key),
        access,
        either(parts.text(Text.DESCRIPTION), manifest.path("description")),
        either(parts.text(Text.README), manifest.path("readme")),
        either(parts.text(Text.README_FILENAME), manifest.path("readmeFilename")));
  }

  private static @Nullable String either(@Nullable String first, JsonNode second) {
    return first == null ? second.textValue() : first;
  }

  private static SequencedMap<String, String> distTags(DocumentParts parts, String key) {
    var tags = new LinkedHashMap<String, String>();
    if (parts.distTags != null) {
      parts.distTags.forEach((tag, version) -> {
        DistTag.require(tag);
        if (!version.equals(key) && !version.equals(Naming.version(key).toString())) {
          throw disagree("its version", key, "its tag " + Excerpt.of(tag), version);
        }
        tags.put(tag, Naming.version(key).toString());
      });
    }
    return tags;
  }

  private static ScratchTarball tarball(DocumentParts parts, List<String> stems) {
    for (var attachment : parts.attachments) {
      var tarball = attachment.tarball();
      if (tarball != null) {
        requireFileName(attachment.key(), stems);
        requireLength(attachment, tarball.size(), tarball.size());
        if (tarball.size() == 0) {
          throw malformed("The attached tarball is empty.");
        }
        return tarball;
      }
    }
    throw malformed("The publish document attaches no tarball.");
  }

  private static void requireFileName(String file, List<String> stems) {
    for (var stem : stems) {
      if (file.equals(stem + ".tgz")
          || file.equals(stem.substring(stem.indexOf('/') + 1) + ".tgz")) {
        return;
      }
    }
    throw disagree("its name and version", stems.getFirst(), "its attachment", file);
  }

  private static void requireLength(Attachment attachment, long one, long other) {
    var length = attachment.length();
    if (length == null) {
      return;
    }
    if (!length.isIntegralNumber() || !length.canConvertToLong()) {
      throw malformed("The length of the attachment must be a number of bytes.");
    }
    if (length.longValue() != one && length.longValue() != other) {
      throw malformed(
          "The attachment %s declares %d bytes and has %d. Publish again."
              .formatted(Excerpt.of(attachment.key()), length.longValue(), one));
    }
  }

  private static @Nullable Provenance provenance(DocumentParts parts, List<String> stems) {
    for (var attachment : parts.attachments) {
      var bundle = attachment.text();
      if (bundle != null) {
        var file = attachment.key();
        if (!stems.contains(file.substring(0, file.length() - ".sigstore".length()))) {
          throw disagree("its name and version", stems.getFirst(), "its attachment", file);
        }
        requireLength(attachment, bundle.length(), bundle.getBytes(StandardCharsets.UTF_8).length);
        return ProvenanceBundle.of(attachment.contentType(), bundle);
      }
    }
    return null;
  }

  private static void clean(
      ObjectNode manifest, String name, Version version, ScratchTarball tarball) {
    manifest.remove(NOT_THEIRS);
    manifest.remove(List.of("readme", "readmeFilename"));
    manifest.put("version", version.toString()).put("_id", name + "@" + version);
    manifest.putObject("dist").put("integrity", tarball.integrity()).put("shasum", tarball.sha1());
  }

  private static ProblemException disagree(String what, String one, String where, String other) {
    return malformed(
        "The publish document contradicts itself: %s is %s, but %s is %s."
            .formatted(what, Excerpt.of(one), where, Excerpt.of(other)));
  }
}
