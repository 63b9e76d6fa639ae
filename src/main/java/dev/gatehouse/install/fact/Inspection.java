package dev.gatehouse.install.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.npm.tarball.TarballContents;
import dev.gatehouse.npm.tarball.TarballInspector;
import dev.gatehouse.policy.licence.text.LicenceTexts;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was seen in one tarball.
///
/// @param fault why it could not be looked through to its end, a sentence; null if it could
/// @param implicitBuild whether there is a `binding.gyp`
/// @param manifest what its package.json says of what can be compared
/// @param licences the SPDX ids of its licence files as far as they are recognised; null in what
///   was seen before anybody looked for them
record Inspection(
    @Nullable String fault,
    boolean implicitBuild,
    long packed,
    long unpacked,
    int files,
    ObjectNode manifest,
    @Nullable List<String> licences) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> COMPARED =
      List.of(
          "name",
          "version",
          "bin",
          "scripts",
          "dependencies",
          "optionalDependencies",
          "peerDependencies");

  /// Looks through `tarball`. What no client should unpack is a fault, not an exception.
  static Inspection of(Path tarball) throws IOException {
    long packed = Files.size(tarball);
    try {
      TarballContents seen = TarballInspector.inspect(tarball, InspectionLimits.DEFAULTS);
      ObjectNode manifest = JsonNodeFactory.instance.objectNode();
      for (String field : COMPARED) {
        if (seen.packageJson().has(field)) {
          manifest.set(field, seen.packageJson().get(field));
        }
      }
      return new Inspection(
          null,
          seen.bindingGyp(),
          packed,
          seen.unpackedBytes(),
          seen.files(),
          manifest,
          licences(seen));
    } catch (ProblemException trap) {
      return new Inspection(
          trap.problem().sentence(),
          false,
          packed,
          0,
          0,
          JsonNodeFactory.instance.objectNode(),
          List.of());
    }
  }

  private static List<String> licences(TarballContents seen) {
    return seen.licences().stream()
        .map(LicenceTexts::recognise)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  static Inspection parse(String json) {
    try {
      return MAPPER.readValue(json, Inspection.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("A stored inspection cannot be read.", damaged);
    }
  }

  String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
