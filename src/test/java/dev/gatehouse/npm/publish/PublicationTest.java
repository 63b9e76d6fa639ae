package dev.gatehouse.npm.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.publish.Publication.Provenance;
import dev.gatehouse.testing.PackageBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicationTest {
  @TempDir Path scratch;

  private final PackageBuilder builder =
      PackageBuilder.named("@s/n").version("1.2.3").file("index.js", "module.exports = 1;");

  @Test
  void readsWhatNpmSends() throws IOException {
    try (var publication = read(builder.publishDocument())) {
      assertThat(publication.name()).hasToString("@s/n");
      assertThat(publication.version()).hasToString("1.2.3");
      assertThat(publication.listing().distTags()).isEqualTo(Map.of("latest", "1.2.3"));
      assertThat(publication.listing().access()).isNull();
      assertThat(publication.listing().description()).isEqualTo("A package for tests");
      assertThat(publication.listing().readme()).isEqualTo("# @s/n");
      assertThat(publication.listing().readmeFilename()).isEqualTo("README.md");
      assertThat(publication.provenance()).isNull();
    }
  }

  @Test
  void decodesAndMeasuresTheTarball() throws IOException {
    var document = builder.publishDocument();
    var dist = document.at("/versions/1.2.3/dist");
    try (var publication = read(document)) {
      var tarball = publication.tarball();
      assertThat(Files.readAllBytes(tarball.path())).isEqualTo(builder.tarball());
      assertThat(tarball.size()).isEqualTo(builder.tarball().length);
      assertThat(tarball.integrity()).isEqualTo(dist.path("integrity").asText());
      assertThat(tarball.sha1()).isEqualTo(dist.path("shasum").asText());
      assertThat(tarball.sha512()).hasSize(64);
    }
  }

  @Test
  void deletesTheTarballUnlessItIsKept() throws IOException {
    read(builder.publishDocument()).close();
    assertThat(scratch).isEmptyDirectory();

    var publication = read(builder.publishDocument());
    var kept = publication.tarball().keep();
    publication.close();
    assertThat(kept).hasBinaryContent(builder.tarball());
  }

  @Test
  void keepsNothingInTheManifestThatIsOursToSay() throws IOException {
    var document = builder.publishDocument();
    manifest(document)
        .put("_integrity", "sha512-x")
        .put("integrity", "sha512-x")
        .put("shasum", "00")
        .put("hasInstallScript", false)
        .put("_hasShrinkwrap", false)
        .putObject("_npmUser")
        .put("approver", "root");
    manifest(document).withObject("dist").putArray("signatures").add("forged");
    manifest(document).putArray("maintainers").add("someone");
    try (var publication = read(document)) {
      assertThat(publication.manifest().properties())
          .extracting(Map.Entry::getKey)
          .containsExactlyInAnyOrder(
              "name", "version", "_id", "_nodeVersion", "_npmVersion", "dist");
      assertThat(publication.manifest().path("dist").properties())
          .extracting(Map.Entry::getKey)
          .containsExactly("integrity", "shasum");
    }
  }

  @Test
  void readsWhatBerryAndYarnClassicSendWithTheAttachmentFirst() throws IOException {
    var npm = builder.publishDocument();
    manifest(npm).remove("readme");
    manifest(npm).remove("readmeFilename");
    var document = JsonNodeFactory.instance.objectNode();
    document.set("_attachments", npm.get("_attachments"));
    document.put("readme", "root readme").put("access", "restricted");
    document.set("versions", npm.get("versions"));
    document.set("dist-tags", npm.get("dist-tags"));
    document.put("name", "@s/n").put("_id", "@s/n");
    try (var publication = read(document)) {
      assertThat(publication.listing().readme()).isEqualTo("root readme");
      assertThat(publication.listing().access()).isEqualTo("restricted");
      assertThat(publication.tarball().path()).hasBinaryContent(builder.tarball());
    }
  }

  @Test
  void skipsMembersThatItDoesNotKnow() throws IOException {
    var document = builder.publishDocument();
    document.putObject("time").putArray("x").addObject().put("y", "z");
    document.putObject("constructor").put("_attachments", 1);
    try (var publication = read(document)) {
      assertThat(publication.version()).hasToString("1.2.3");
    }
  }

  @Test
  void readsProvenanceThatIsTextAndNotBase64() throws IOException {
    var bundle = "{\"mediaType\":\"x\",\"umlaut\":\"ü\"}";
    var type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    var document = builder.publishDocument();
    document
        .withObject("_attachments")
        .putObject("@s/n-1.2.3.sigstore")
        .put("content_type", type)
        .put("data", bundle)
        .put("length", bundle.length());
    try (var publication = read(document)) {
      assertThat(publication.provenance()).isEqualTo(new Provenance(type, bundle));
    }
  }

  @Test
  void allowsSeveralTagsAndNone() throws IOException {
    var document = builder.tag("next").tag("beta-1").publishDocument();
    try (var publication = read(document)) {
      assertThat(publication.listing().distTags())
          .isEqualTo(Map.of("next", "1.2.3", "beta-1", "1.2.3"));
    }
    document.remove("dist-tags");
    try (var publication = read(document)) {
      assertThat(publication.listing().distTags()).isEmpty();
    }
  }

  @Test
  void dropsBuildMetadataAsNpmDoes() throws IOException {
    try (var publication = read(builder.version("1.2.3-rc.1+build.5").publishDocument())) {
      assertThat(publication.version()).hasToString("1.2.3-rc.1");
      assertThat(publication.manifest().path("version").asText()).isEqualTo("1.2.3-rc.1");
      assertThat(publication.manifest().path("_id").asText()).isEqualTo("@s/n@1.2.3-rc.1");
      assertThat(publication.listing().distTags()).containsEntry("latest", "1.2.3-rc.1");
    }
  }

  @Test
  void acceptsAnAttachmentNamedWithoutItsScope() throws IOException {
    var document = builder.publishDocument();
    var attachments = document.withObject("_attachments");
    attachments.set("n-1.2.3.tgz", attachments.remove("@s/n-1.2.3.tgz"));
    try (var publication = read(document)) {
      assertThat(publication.tarball().size()).isEqualTo(builder.tarball().length);
    }
  }

  @Test
  void acceptsEscapedSlashesInBase64() throws IOException {
    var body = new String(builder.publishBody(), UTF_8);
    var escaped = body.replace("/", "\\/");
    try (var publication = read(escaped.getBytes(UTF_8))) {
      assertThat(publication.tarball().path()).hasBinaryContent(builder.tarball());
    }
  }

  @Test
  void acceptsAnIntegrityWithSeveralHashes() throws IOException {
    var document = builder.publishDocument();
    var dist = manifest(document).withObject("dist");
    dist.put("integrity", "md5-AAAA " + dist.path("integrity").asText() + "?x");
    read(document).close();
    dist.remove("integrity");
    dist.remove("shasum");
    read(document).close();
  }

  private Publication read(ObjectNode document) throws IOException {
    return read(document.toString().getBytes(UTF_8));
  }

  private Publication read(byte[] body) throws IOException {
    return (Publication)
        PublishDocument.read(new ByteArrayInputStream(body), scratch, PublishLimits.DEFAULTS);
  }

  private static ObjectNode manifest(ObjectNode document) {
    return document.withObject("versions").withObject("1.2.3");
  }
}
