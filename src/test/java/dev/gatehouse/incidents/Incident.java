package dev.gatehouse.incidents;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happened once, as a twin of the package that it happened to.
///
/// @param story what happened, a few sentences
/// @param about what of its dates is approximate; null if nothing is
/// @param evil the version that does harm, the last of `versions`
/// @param hosted a version of that name that is published here before; null if the name is nobody's
/// @param versions those on the public registry, oldest first
/// @param advisory what was said of it, and when; null if nobody ever said anything
record Incident(
    String title,
    String name,
    String story,
    @Nullable String about,
    String evil,
    @Nullable String hosted,
    List<Release> versions,
    @Nullable Advice advisory) {
  /// The delay that a registry has unless somebody sets another one.
  static final Duration DELAY = Duration.ofDays(3);

  private static final YAMLMapper YAML = new YAMLMapper();

  /// One version.
  ///
  /// @param how `token`, `provenance` or `trusted`
  record Release(
      String version,
      String published,
      String publisher,
      String how,
      @Nullable ObjectNode manifest,
      @Nullable Map<String, String> files) {
    void describe(ObjectNode into) {
      into.put("license", "MIT");
      if (manifest != null) {
        into.setAll(manifest);
      }
    }

    void list(ObjectNode listed) {
      describe(listed);
      ObjectNode user = listed.putObject("_npmUser").put("name", publisher);
      if (how.equals("trusted")) {
        user.putObject("trustedPublisher").put("id", "github");
      }
    }

    void attest(ObjectNode dist) {
      if (!how.equals("token")) {
        dist.putObject("attestations")
            .putObject("provenance")
            .put("predicateType", "https://slsa.dev/provenance/v1");
      }
    }
  }

  /// An advisory; malware unless it has a severity, or its weakness says so.
  record Advice(String id, String published, @Nullable String severity, @Nullable String cwe) {
    /// As a feed holds it, about all packages that it names.
    String record(List<Incident> about) {
      ObjectNode record = JsonNodeFactory.instance.objectNode();
      record.put("id", id).put("published", published);
      record.put("modified", published).put("summary", "A twin");
      ArrayNode all = record.putArray("affected");
      for (Incident one : about) {
        ObjectNode affected = all.addObject();
        affected.putObject("package").put("ecosystem", "npm").put("name", one.name());
        affected.putArray("versions").add(one.evil());
      }
      ObjectNode details = record.putObject("database_specific");
      if (severity != null) {
        details.put("severity", severity);
      }
      if (cwe != null) {
        details.putArray("cwe_ids").add(cwe);
      }
      return record.toString();
    }
  }

  /// All of them, in the order of the document.
  static List<Incident> all() {
    try (InputStream in = Incident.class.getResourceAsStream("/incidents/incidents.yaml")) {
      return YAML.readValue(Objects.requireNonNull(in), new TypeReference<>() {});
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// When the evil version was published.
  Instant published() {
    return Instant.parse(versions.getLast().published());
  }

  /// The last moment at which nobody knew: a minute before the advisory, or a month later if there
  /// never was one.
  Instant unknown() {
    return advisory == null
        ? published().plus(Duration.ofDays(30))
        : Instant.parse(advisory.published()).minus(Duration.ofMinutes(1));
  }

  /// When the advisory is out and the delay is over.
  Instant afterwards() {
    Instant free = published().plus(DELAY);
    Instant known = unknown().plus(Duration.ofHours(1));
    return (known.isAfter(free) ? known : free).plus(Duration.ofHours(1));
  }

  /// Whether that advisory is about it.
  boolean isIn(Advice advice) {
    return advice.equals(advisory);
  }

  /// The versions that were there at that time.
  List<Release> until(Instant now) {
    return versions.stream().filter(one -> !Instant.parse(one.published()).isAfter(now)).toList();
  }

  /// Puts the package with those versions, if any, at `upstream`, which signs with `key`.
  void putAt(TestingUpstream upstream, TestingRegistryKey key, List<Release> there) {
    if (there.isEmpty()) {
      return;
    }
    var packument = TestingPackument.of(name);
    for (Release one : there) {
      PackageBuilder packed =
          PackageBuilder.named(name).version(one.version()).manifest(one::describe);
      Objects.requireNonNullElse(one.files(), Map.<String, String>of()).forEach(packed::file);
      packument.version(one.version(), one.published(), one::list, packed);
      packument.dist(one.version(), one::attest);
    }
    packument.signedBy(key).putAt(upstream);
  }
}
