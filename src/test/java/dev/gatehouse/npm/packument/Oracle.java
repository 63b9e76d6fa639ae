package dev.gatehouse.npm.packument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the rendered forms of a sound document should be, by way of a tree: slow, plain and written
/// apart from what it checks.
final class Oracle {
  private static final Set<String> DETAILS =
      Set.of(
          ("description readme readmeFilename maintainers author contributors repository homepage"
                  + " keywords license bugs users")
              .split(" "));
  private static final Set<String> ABBREVIATED =
      Set.of(
          ("name version deprecated dependencies acceptDependencies optionalDependencies"
                  + " devDependencies bundleDependencies bundledDependencies peerDependencies"
                  + " peerDependenciesMeta bin directories dist engines _hasShrinkwrap funding cpu"
                  + " os libc")
              .split(" "));

  /// The pattern that semver.org suggests.
  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
              + "(-((0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
              + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

  private final JsonNode source;
  private final String name;

  Oracle(JsonNode source) {
    this.source = source;
    this.name = source.get("name").textValue();
  }

  /// The keys of `versions` that are no versions.
  List<String> dropped() {
    return keys().filter(key -> !SEMVER.matcher(key).matches()).toList();
  }

  private List<String> kept() {
    return keys().filter(key -> SEMVER.matcher(key).matches()).toList();
  }

  private Stream<String> keys() {
    return source.path("versions").propertyStream().map(Map.Entry::getKey);
  }

  ObjectNode full() {
    ObjectNode root = Documents.JSON.createObjectNode();
    root.put("_id", name).put("_rev", "1-a").put("name", name);
    root.set("dist-tags", tags());
    root.set("versions", versions(false));
    root.set("time", time());
    for (Map.Entry<String, JsonNode> field : source.properties()) {
      if (DETAILS.contains(field.getKey())) {
        root.set(field.getKey(), field.getValue());
      }
    }
    return root;
  }

  ObjectNode abbreviated() {
    ObjectNode root = Documents.JSON.createObjectNode().put("name", name);
    root.set("dist-tags", tags());
    root.set("versions", versions(true));
    root.set("time", time());
    root.set("modified", time().get("modified"));
    return root;
  }

  private JsonNode tags() {
    return source.path("dist-tags").isObject()
        ? source.get("dist-tags")
        : Documents.JSON.createObjectNode();
  }

  private ObjectNode versions(boolean abbreviated) {
    ObjectNode versions = Documents.JSON.createObjectNode();
    for (String key : kept()) {
      ObjectNode version = source.get("versions").get(key).deepCopy();
      ObjectNode dist = (ObjectNode) version.get("dist");
      dist.put("tarball", tarball(key));
      if (dist.path("attestations").has("url")) {
        ((ObjectNode) dist.get("attestations"))
            .put("url", Documents.REGISTRY + "/-/npm/v1/attestations/" + name + "@" + key);
      }
      versions.set(key, abbreviated ? abbreviate(version) : version);
    }
    return versions;
  }

  private String tarball(String version) {
    String file = name.replaceFirst("^@.*/", "");
    return Documents.REGISTRY + "/" + name + "/-/" + file + "-" + version + ".tgz";
  }

  private static ObjectNode abbreviate(ObjectNode version) {
    boolean scripted =
        version.path("hasInstallScript").asBoolean() || version.path("gypfile").asBoolean();
    for (String script : new String[] {"preinstall", "install", "postinstall"}) {
      scripted |= !version.path("scripts").path(script).asText("").isEmpty();
    }
    ObjectNode kept = version.retain(ABBREVIATED);
    return scripted ? kept.put("hasInstallScript", true) : kept;
  }

  private ObjectNode time() {
    TreeSet<Instant> begun = new TreeSet<>();
    TreeSet<Instant> changed = new TreeSet<>();
    ObjectNode time = Documents.JSON.createObjectNode();
    for (String key : kept()) {
      JsonNode text = source.path("time").path(key);
      Instant instant = text.isTextual() ? instant(text) : Instant.EPOCH;
      begun.add(instant);
      changed.add(instant);
      time.put(key, text(instant));
    }
    JsonNode modified = source.path("time").path("modified");
    addIfText(begun, source.path("time").path("created"));
    addIfText(changed, modified.isTextual() ? modified : source.path("modified"));
    time.put("created", text(begun.isEmpty() ? Instant.EPOCH : begun.first()));
    time.put("modified", text(changed.isEmpty() ? Instant.EPOCH : changed.last()));
    return time;
  }

  private static void addIfText(Set<Instant> times, JsonNode text) {
    if (text.isTextual()) {
      times.add(instant(text));
    }
  }

  private static Instant instant(JsonNode text) {
    return OffsetDateTime.parse(text.textValue()).toInstant();
  }

  private static String text(Instant instant) {
    return new DateTimeFormatterBuilder().appendInstant(3).toFormatter().format(instant);
  }
}
