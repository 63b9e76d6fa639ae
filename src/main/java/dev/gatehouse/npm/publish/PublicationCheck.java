package dev.gatehouse.npm.publish;

import static dev.gatehouse.npm.publish.DocumentReader.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.TarballName;
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
    name.requirePublishable();
    var key = onlyVersion(parts);
    var version = version(key);
    var manifest = agreedManifest(parts, name, version);
    var listing = listing(parts, manifest, version);
    for (var attachment : parts.attachments) {
      requireFileName(attachment.key(), name, version);
    }
    var tarball = tarball(parts);
    DeclaredHashes.require(manifest.path("dist"), tarball);
    var provenance = provenance(parts);
    clean(manifest, name + "@" + version, version, tarball);
    parts.release();
    return new Publication(name, version, manifest, listing, tarball, provenance);
  }

  /// The name, null if the document leaves it to the URL.
  static @Nullable PackageName agreedName(DocumentParts parts) {
    var id = parts.text(Text.ID);
    var name = parts.text(Text.NAME);
    if (id != null && name != null && !id.equals(name)) {
      throw disagree("its _id", id, "its name", name);
    }
    var either = name == null ? id : name;
    return either == null ? null : PackageName.parse(either);
  }

  /// `text` without its build metadata, which npm does not tell versions apart by. White space or a
  /// `v` around it are not forgiven: clients clean what they publish.
  private static Version version(String text) {
    var version = Version.parse(text);
    if (version == null || !version.toString().equals(text)) {
      throw malformed(Quoted.quote(text) + " is not a valid version. Use one like 1.2.3.");
    }
    return version.withoutBuild();
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

  private static ObjectNode agreedManifest(DocumentParts parts, PackageName name, Version version) {
    var manifest = parts.manifest;
    if (manifest == null) {
      throw new IllegalStateException("a version without its manifest");
    }
    var theirName = manifest.path("name").asText();
    if (!manifest.path("name").isTextual() || !theirName.equals(name.value())) {
      throw disagree("its name", name.value(), "the name in its manifest", theirName);
    }
    var theirVersion = manifest.path("version").asText();
    if (!manifest.path("version").isTextual() || !version(theirVersion).equals(version)) {
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

  private static Listing listing(DocumentParts parts, ObjectNode manifest, Version version) {
    var access = parts.text(Text.ACCESS);
    if (access != null && !access.equals("public") && !access.equals("restricted")) {
      throw malformed("The access must be public or restricted, not " + Quoted.quote(access) + ".");
    }
    return new Listing(
        distTags(parts, version),
        access,
        either(parts.text(Text.DESCRIPTION), manifest.path("description")),
        either(parts.text(Text.README), manifest.path("readme")),
        either(parts.text(Text.README_FILENAME), manifest.path("readmeFilename")));
  }

  private static @Nullable String either(@Nullable String first, JsonNode second) {
    return first == null ? second.textValue() : first;
  }

  private static SequencedMap<String, String> distTags(DocumentParts parts, Version version) {
    var tags = new LinkedHashMap<String, String>();
    if (parts.distTags != null) {
      parts.distTags.forEach((tag, target) -> {
        TagName.parse(tag);
        if (!isThe(version, target)) {
          throw disagree("its version", version.toString(), "its tag " + Quoted.quote(tag), target);
        }
        tags.put(tag, version.toString());
      });
    }
    return tags;
  }

  private static boolean isThe(Version version, @Nullable String text) {
    var other = text == null ? null : Version.parse(text);
    return other != null && other.compareTo(version) == 0;
  }

  private static void requireFileName(String file, PackageName name, Version version) {
    var stem = file.substring(0, file.lastIndexOf('.'));
    if (!isThe(version, TarballName.versionIn(name, stem + ".tgz"))) {
      throw disagree("its name and version", name + "-" + version, "its attachment", file);
    }
  }

  private static ScratchTarball tarball(DocumentParts parts) {
    for (var attachment : parts.attachments) {
      var tarball = attachment.tarball();
      if (tarball != null) {
        requireLength(attachment, tarball.size(), tarball.size());
        if (tarball.size() == 0) {
          throw malformed("The attached tarball is empty.");
        }
        return tarball;
      }
    }
    throw malformed("The publish document attaches no tarball.");
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
              .formatted(Quoted.quote(attachment.key()), length.longValue(), one));
    }
  }

  private static @Nullable Provenance provenance(DocumentParts parts) {
    for (var attachment : parts.attachments) {
      var bundle = attachment.text();
      if (bundle != null) {
        requireLength(attachment, bundle.length(), bundle.getBytes(StandardCharsets.UTF_8).length);
        return ProvenanceBundle.of(attachment.contentType(), bundle);
      }
    }
    return null;
  }

  static void clean(ObjectNode manifest, String id, Version version, ScratchTarball tarball) {
    manifest.remove(NOT_THEIRS);
    manifest.remove(List.of("readme", "readmeFilename"));
    manifest.put("version", version.toString()).put("_id", id);
    manifest.putObject("dist").put("integrity", tarball.integrity()).put("shasum", tarball.sha1());
  }

  private static ProblemException disagree(String what, String one, String where, String other) {
    return malformed(
        "The publish document contradicts itself: %s is %s, but %s is %s."
            .formatted(what, Quoted.quote(one), where, Quoted.quote(other)));
  }
}
