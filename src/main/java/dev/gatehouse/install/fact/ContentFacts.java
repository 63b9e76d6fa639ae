package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.InstallScripts;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Contents.Difference;
import dev.gatehouse.policy.fact.Contents.Scan;
import dev.gatehouse.policy.fact.Contents.Sizes;
import dev.gatehouse.policy.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What was seen in the tarball of a version, beside what the registry's manifest says of it. A
/// difference is how a package hides from those who look at one of the two only.
final class ContentFacts {
  private static final int LONGEST = 200;

  private final Selected version;
  private final Inspection seen;
  private final List<Difference> differences = new ArrayList<>();

  private ContentFacts(Selected version, Inspection seen) {
    this.version = version;
    this.seen = seen;
  }

  static Contents of(Selected version, Inspection seen) {
    boolean sound = seen.fault() == null;
    List<String> licences = seen.licences();
    return Contents.PENDING
        .withObservedLicences(
            !sound ? Fact.missing() : licences == null ? Fact.pending() : Fact.known(licences))
        .withImplicitBuild(sound ? Fact.known(seen.implicitBuild()) : Fact.missing())
        .withDifferences(
            sound ? Fact.known(new ContentFacts(version, seen).compare()) : Fact.missing())
        .withScan(
            new Scan(
                Fact.known(sound),
                sound
                    ? Fact.known(new Sizes(seen.packed(), seen.unpacked(), seen.files()))
                    : Fact.missing()));
  }

  private List<Difference> compare() {
    compare("name", version.source().name(), text(seen.manifest().path("name")));
    compareVersion(text(seen.manifest().path("version")));
    compare("scripts", scripts(Slices.read(version, Part.SCRIPTS)), theirScripts());
    compare(
        "dependencies",
        dependencies(
            Slices.read(version, Part.DEPENDENCIES),
            Slices.read(version, Part.OPTIONAL_DEPENDENCIES)),
        dependencies(
            seen.manifest().path("dependencies"), seen.manifest().path("optionalDependencies")));
    compare(
        "peerDependencies",
        dependencies(Slices.read(version, Part.PEER_DEPENDENCIES)),
        dependencies(seen.manifest().path("peerDependencies")));
    compare("bin", bin(Slices.read(version, Part.BIN)), bin(seen.manifest().path("bin")));
    return differences;
  }

  private void compareVersion(String theirs) {
    Version ours = Version.parse(version.version());
    Version read = Version.parse(theirs.startsWith("v") ? theirs.substring(1) : theirs);
    if (ours == null || read == null || ours.compareTo(read) != 0) {
      differences.add(new Difference("version", version.version(), shortened(theirs)));
    }
  }

  private void compare(String field, Object ours, Object theirs) {
    if (!Objects.equals(ours, theirs)) {
      differences.add(
          new Difference(field, shortened(ours.toString()), shortened(theirs.toString())));
    }
  }

  /// npm writes the script into the manifest that it runs for a `binding.gyp`.
  private Map<String, String> theirScripts() {
    Map<String, String> theirs = scripts(seen.manifest().path("scripts"));
    if (seen.implicitBuild() && !theirs.containsKey("install")) {
      String ours = scripts(Slices.read(version, Part.SCRIPTS)).get("install");
      if ("node-gyp rebuild".equals(ours)) {
        theirs.put("install", ours);
      }
    }
    return theirs;
  }

  private static Map<String, String> scripts(JsonNode scripts) {
    Map<String, String> run = new TreeMap<>();
    for (String name : InstallScripts.NAMES) {
      String script = text(scripts.path(name));
      if (!script.isEmpty()) {
        run.put(name, script);
      }
    }
    return run;
  }

  /// Registries list optional dependencies among the others, too.
  private static Map<String, String> dependencies(JsonNode... maps) {
    Map<String, String> all = new TreeMap<>();
    for (JsonNode map : maps) {
      map.properties().forEach(one -> all.put(one.getKey(), text(one.getValue())));
    }
    return all;
  }

  /// One text names the command after the package.
  private Map<String, String> bin(JsonNode bin) {
    Map<String, String> commands = new TreeMap<>();
    if (bin.isTextual()) {
      commands.put(PackageName.parse(version.source().name()).unscoped(), path(bin.textValue()));
    } else {
      bin.properties().forEach(one -> commands.put(one.getKey(), path(text(one.getValue()))));
    }
    return commands;
  }

  private static String path(String text) {
    String path = text;
    while (path.startsWith("./") || path.startsWith("/")) {
      path = path.substring(path.indexOf('/') + 1);
    }
    return path;
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.isMissingNode() ? "" : node.toString();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
