package dev.gatehouse.publish.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Selected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a version needs to run: its dependencies, the optional ones, and the peers that are not
/// optional. What it carries inside its tarball is not among them.
///
/// @param skipped sentences about dependencies that do not come from a registry
record Requirements(List<Wish.Chosen> wishes, List<String> skipped) {
  private static final JsonMapper JSON =
      new JsonMapper(BoundedJson.factory(8 << 20, Long.MAX_VALUE));
  private static final String OPTIONAL = "optionalDependencies";

  static Requirements of(Selected version) {
    try {
      return of(version, JSON.readTree(version.source().json(version.row())));
    } catch (JacksonException broken) {
      return new Requirements(
          List.of(),
          List.of(
              "The dependencies of %s@%s cannot be read: %s"
                  .formatted(
                      version.source().name(), version.version(), broken.getOriginalMessage())));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Requirements of(Selected version, JsonNode manifest) {
    var result = new Requirements(new ArrayList<>(), new ArrayList<>());
    JsonNode optional = manifest.path(OPTIONAL);
    wanted(manifest)
        .forEach((name, spec) -> {
          switch (DependencySpec.of(name, spec)) {
            case DependencySpec.FromRegistry from ->
                result.wishes.add(new Wish.Chosen(from, optional.has(name)));
            case DependencySpec.Elsewhere(String reason) ->
                result.skipped.add(
                    "%s, which %s@%s needs, was skipped: it %s."
                        .formatted(
                            Quoted.quote(name),
                            version.source().name(),
                            version.version(),
                            reason));
          }
        });
    return result;
  }

  /// As npm: what is optional wins over the same name in `dependencies`, and both over peers.
  private static Map<String, String> wanted(JsonNode manifest) {
    Map<String, String> wanted = new LinkedHashMap<>();
    JsonNode peers = manifest.path("peerDependenciesMeta");
    for (String kind : List.of("peerDependencies", "dependencies", OPTIONAL)) {
      manifest
          .path(kind)
          .forEachEntry((name, spec) -> {
            boolean unneeded =
                kind.equals("peerDependencies") && peers.path(name).path("optional").asBoolean();
            if (spec.isTextual() && !unneeded) {
              wanted.put(name, spec.textValue());
            }
          });
    }
    bundled(manifest).forEach(wanted::remove);
    if (bundlesAll(manifest)) {
      manifest.path("dependencies").fieldNames().forEachRemaining(wanted::remove);
    }
    return wanted;
  }

  private static Stream<String> bundled(JsonNode manifest) {
    return Stream.of("bundleDependencies", "bundledDependencies")
        .flatMap(field -> manifest.path(field).valueStream())
        .map(JsonNode::asText);
  }

  private static boolean bundlesAll(JsonNode manifest) {
    return Stream.of("bundleDependencies", "bundledDependencies")
        .anyMatch(field -> manifest.path(field).booleanValue());
  }
}
