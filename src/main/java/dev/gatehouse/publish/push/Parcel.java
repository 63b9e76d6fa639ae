package dev.gatehouse.publish.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.publish.version.VersionDocument;
import dev.gatehouse.upstream.PublishBody;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A version as it is handed on: its bytes, and its manifest without what only the registry that it
/// comes from said of it.
record Parcel(Push push, HostedVersion hosted, String details, ScratchTarball tarball)
    implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /// What a registry says of a version, whatever its publisher sent.
  private static final List<String> OURS =
      List.of("_npmUser", "maintainers", "deprecated", "_hasShrinkwrap", "hasInstallScript");

  /// As if a client had sent it to a registry here.
  Publication publication() {
    JsonNode listing = tree(details);
    var tags = new LinkedHashMap<String, String>();
    push.tags().forEach(tag -> tags.put(tag, push.target()));
    return new Publication(
        push.name(),
        Objects.requireNonNull(Version.parse(push.target())),
        manifest(),
        new Publication.Listing(
            tags,
            null,
            listing.path("description").textValue(),
            listing.path("readme").textValue(),
            listing.path("readmeFilename").textValue()),
        tarball,
        provenance());
  }

  /// As it is sent to a registry elsewhere.
  PublishBody body(UpstreamSource source) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    String name = push.name().value();
    document.put("_id", name).put("name", name);
    ObjectNode tags = document.putObject("dist-tags");
    push.tags().forEach(tag -> tags.put(tag, push.target()));
    ObjectNode manifest = manifest();
    manifest
        .withObject("dist")
        .put("tarball", source.resolve(push.name().tarballPath(push.target())).toString());
    document.putObject("versions").set(push.target(), manifest);
    document.putNull("access");
    String attachment = name + "-" + push.target();
    Publication.Provenance provenance = provenance();
    return new PublishBody(
        VersionDocument.text(document),
        attachment + ".tgz",
        tarball.size(),
        () -> Files.newInputStream(tarball.path()),
        provenance == null
            ? null
            : new PublishBody.Text(
                attachment + ".sigstore", provenance.contentType(), provenance.bundle()));
  }

  private ObjectNode manifest() {
    var manifest = (ObjectNode) tree(hosted.manifest());
    manifest.remove(OURS);
    manifest.put("version", push.target()).put("_id", push.name() + "@" + push.target());
    manifest.putObject("dist").put("integrity", tarball.integrity()).put("shasum", tarball.sha1());
    return manifest;
  }

  /// A bundle speaks of certain bytes: under another number there are none for it.
  private Publication.@Nullable Provenance provenance() {
    String attestations = hosted.attestations();
    if (attestations == null || push.as() != null) {
      return null;
    }
    JsonNode bundle = tree(attestations).at("/attestations/0/bundle");
    return bundle.isObject()
        ? new Publication.Provenance(
            bundle.path("mediaType").asText(), VersionDocument.text(bundle))
        : null;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    tarball.close();
  }
}
