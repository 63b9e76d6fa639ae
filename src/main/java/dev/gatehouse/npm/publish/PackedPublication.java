package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.npm.tarball.TarballContents;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.LinkedHashMap;

/// Makes a [Publication] of a tarball alone, as `npm pack` makes it: everything that a client would
/// say of it stands in its package.json.
public final class PackedPublication {
  private static final int LONGEST_README = 64 << 10;

  private PackedPublication() {}

  /// Of `tarball`, in which `contents` were seen, to be named by `tag`. The caller closes it.
  public static Publication of(ScratchTarball tarball, TarballContents contents, String tag) {
    ObjectNode manifest = contents.packageJson().deepCopy();
    JsonNode theirName = manifest.path("name");
    if (!theirName.isTextual()) {
      throw malformed("The package.json in the tarball names no package.");
    }
    PackageName name = PackageName.parse(theirName.textValue());
    name.requirePublishable();
    if (manifest.path("private").asBoolean()) {
      throw malformed(
          "The package.json says that it is private: remove \"private\" and pack it again.");
    }
    Version version = version(manifest.path("version"));
    TagName.parse(tag);
    PublicationCheck.clean(manifest, name + "@" + version, version, tarball);
    var tags = new LinkedHashMap<String, String>();
    tags.put(tag, version.toString());
    var readme = contents.readme();
    var listing =
        new Publication.Listing(
            tags,
            null,
            manifest.path("description").textValue(),
            readme == null ? null : cut(readme.text()),
            readme == null ? null : readme.fileName());
    return new Publication(name, version, manifest, listing, tarball, null);
  }

  private static Version version(JsonNode text) {
    Version version = text.isTextual() ? Version.parse(text.textValue()) : null;
    if (version == null) {
      throw malformed(
          "%s in the tarball's package.json is not a valid version. Use one like 1.2.3."
              .formatted(Quoted.quote(text.asText("Nothing"))));
    }
    return version.withoutBuild();
  }

  /// As clients cut it.
  private static String cut(String readme) {
    return readme.length() <= LONGEST_README ? readme : readme.substring(0, LONGEST_README);
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
