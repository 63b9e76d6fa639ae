package dev.gatehouse.npm.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.PackageBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicationRefusalTest {
  private static final String FILE = "n-1.0.0.tgz";

  @TempDir Path scratch;

  @AfterEach
  void leavesNoFile() {
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    refuses("".getBytes(UTF_8), "must be an object");
    refuses("[]".getBytes(UTF_8), "must be an object");
    refuses("{}x".getBytes(UTF_8), "not valid JSON");
    refuses("{}{}".getBytes(UTF_8), "followed by something else");
    refuses("{\"name\":nope}".getBytes(UTF_8), "not valid JSON (line 1, column");
    refuses(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, "not UTF-8");
  }

  @Test
  void refusesABodyThatIsCutShortAnywhere() {
    var body = PackageBuilder.named("n").publishBody();
    for (var length = 0; length < body.length; length += 7) {
      refuses(Arrays.copyOf(body, length), "document");
    }
  }

  @Test
  void refusesDeepNestingEvenInWhatItSkips() {
    refuses(("{\"x\":" + "[".repeat(200_000)).getBytes(UTF_8), TooLarge.class, "exceeds a limit");
  }

  @Test
  void refusesWhatStandsThereTwice() {
    var body = PackageBuilder.named("n").publishDocument().toString();
    refuses(body.replace("\"_id\":\"n\",", "\"_id\":\"n\",\"_id\":\"n\","), "\"_id\" stands in it");
    refuses(
        body.replace("{\"content_type\"", "{\"data\":\"\",\"content_type\""), "\"data\" stands");
    refuses(body.replace("\"dist\":{", "\"dist\":{\"shasum\":\"\","), "\"shasum\" stands in it");
  }

  @Test
  void refusesBrokenBase64() {
    refuses(attachment(a -> a.put("data", "AAAA*AAA")), "is not base64");
    refuses(attachment(a -> a.put("data", "AAA")), "not valid JSON");
    refuses(attachment(a -> a.put("data", 5)), "must be a string");
    refuses(attachment(a -> a.putNull("data")), "must be a string");
    refuses(attachment(a -> a.remove("data")), "has no data");
    refuses(attachment(a -> a.put("data", "").remove("length")), "is empty");
  }

  @Test
  void refusesATarballThatIsNotTheDeclaredOne() {
    refuses(attachment(a -> a.put("length", 5)), "declares 5 bytes and has");
    refuses(attachment(a -> a.put("length", "5")), "must be a number");
    refuses(attachment(a -> a.put("length", 1.5)), "must be a number");
    refuses(dist(d -> d.put("integrity", "sha512-" + "A".repeat(86) + "==")), "damaged");
    refuses(dist(d -> d.put("integrity", "sha1-" + "A".repeat(27) + "=")), "damaged");
    refuses(
        dist(d ->
            d.put("integrity", d.path("integrity").asText() + " sha1-" + "A".repeat(27) + "=")),
        "damaged");
    refuses(dist(d -> d.put("integrity", "sha256-AAAA")), "has no sha512");
    refuses(dist(d -> d.put("integrity", "sha512-AAAA")), "has no sha512");
    refuses(dist(d -> d.put("integrity", 1)), "has no sha512");
    refuses(dist(d -> d.put("shasum", "0000")), "it was damaged");
  }

  @Test
  void refusesNamesThatDisagree() {
    refuses(document(d -> d.put("_id", "m")), "its _id is \"m\", but its name is \"n\"");
    refuses(document(d -> d.put("name", 5)), "must be a string");
    refuses(manifest(m -> m.put("name", "m")), "the name in its manifest is \"m\"");
    refuses(manifest(m -> m.remove("name")), "the name in its manifest");
    refuses(manifest(m -> m.put("_id", "m@1.0.0")), "its manifest's _id is \"m@1.0.0\"");
    refuses(manifest(m -> m.put("version", "1.0.1")), "the version in its manifest");
    refuses(manifest(m -> m.put("version", 1)), "the version in its manifest");
    refuses(renamed("m-1.0.0.tgz"), "its attachment is \"m-1.0.0.tgz\"");
    refuses(renamed("n-1.0.1.tgz"), "its attachment is \"n-1.0.1.tgz\"");
    refuses(renamed("x/n-1.0.0.tgz"), "its attachment");
  }

  @Test
  void refusesNamesAndVersionsThatNobodyCouldInstall() {
    for (var name :
        new String[] {"../x", "N", "a b", ".x", "_x", "@s", "@s/", "", "n".repeat(215)}) {
      refuses(PackageBuilder.named(name).publishBody(), "name");
    }
    for (var version : new String[] {"1.0", "v1.0.0", "01.0.0", "1.0.0-01", "latest", ""}) {
      refuses(PackageBuilder.named("n").version(version).publishBody(), "is not a valid version");
    }
  }

  @Test
  void refusesTagsThatCannotBeUsed() {
    for (var tag : new String[] {"1.0.0", "v1", "1.x", "x", "*", "a/b", "a b", "", "%2f", "é"}) {
      refuses(PackageBuilder.named("n").tag(tag).publishBody(), "The tag");
    }
    refuses(document(d -> d.withObject("dist-tags").put("latest", "2.0.0")), "its tag \"latest\"");
    refuses(document(d -> d.withObject("dist-tags").put("latest", 1)), "must be a string");
  }

  @Test
  void refusesMoreThanOneVersionOrTarball() {
    refuses(document(d -> d.withObject("versions").putObject("2.0.0")), "has 2 versions");
    refuses(document(d -> d.withObject("versions").removeAll()), "has 0 versions");
    refuses(document(d -> d.remove("versions")), "has 0 versions");
    refuses(
        document(d -> d.withObject("_attachments").putObject("n-2.0.0.tgz").put("data", "AAAA")),
        "attaches both \"n-1.0.0.tgz\" and \"n-2.0.0.tgz\"");
    refuses(
        document(d -> d.withObject("_attachments").putObject("evil.exe").put("data", "AAAA")),
        "is neither a .tgz nor a .sigstore");
  }

  @Test
  void refusesProvenanceThatIsNotForThisVersionOrNoJson() {
    refuses(provenance("n-1.0.1.sigstore", "{}", 2), "its attachment is \"n-1.0.1.sigstore\"");
    refuses(provenance("n-1.0.0.sigstore", "{}", 3), "declares 3 bytes and has 2");
    refuses(provenance("n-1.0.0.sigstore", "[]", 2), "is not a JSON object");
    refuses(provenance("n-1.0.0.sigstore", "{} {}", 5), "followed by something else");
    refuses(provenance("n-1.0.0.sigstore", "{", 1), "The provenance bundle is not valid JSON");
    refuses(
        document(d -> {
          d.withObject("_attachments").removeAll();
          d.withObject("_attachments").putObject("n-1.0.0.sigstore").put("data", "{}");
        }),
        "attaches no tarball");
  }

  @Test
  void refusesOddAccess() {
    refuses(document(d -> d.put("access", "everyone")), "must be public or restricted");
    refuses(document(d -> d.put("access", true)), "must be a string");
  }

  @Test
  void refusesATarballOverTheLimit() {
    var builder = PackageBuilder.named("n").file("x", "x".repeat(500));
    var size = builder.tarball().length;
    refuses(builder.publishBody(), new PublishLimits(size - 1, 1 << 20), "larger than");
    assertThatThrownBy(() -> read(builder.publishBody(), new PublishLimits(size, 2_000)))
        .hasMessageContaining("limit");
  }

  @Test
  void refusesAManifestOverTheLimit() {
    var large = manifest(m -> m.put("x", "x".repeat(1 << 20)));
    refuses(large.toString().getBytes(UTF_8), new PublishLimits(1 << 20, 1 << 20), "limit");
    var many =
        manifest(m -> {
          var list = m.putArray("x");
          for (var i = 0; i < 20_000; i++) {
            list.addArray();
          }
        });
    refuses(many.toString().getBytes(UTF_8), new PublishLimits(1 << 20, 1 << 20), "too large");
  }

  @Test
  void passesOnThatTheConnectionBroke() {
    var body = PackageBuilder.named("n").publishBody();
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return read(new byte[1], 0, 1);
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };
    var half = new ByteArrayInputStream(body, 0, body.length - 50);
    var cut = new SequenceInputStream(half, broken);
    assertThatThrownBy(() -> PublishDocument.read(cut, scratch, PublishLimits.DEFAULTS))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  private static ObjectNode document(Consumer<ObjectNode> change) {
    var document = PackageBuilder.named("n").publishDocument();
    change.accept(document);
    return document;
  }

  private static ObjectNode manifest(Consumer<ObjectNode> change) {
    return document(d -> change.accept(d.withObject("versions").withObject("1.0.0")));
  }

  private static ObjectNode dist(Consumer<ObjectNode> change) {
    return manifest(m -> change.accept(m.withObject("dist")));
  }

  private static ObjectNode attachment(Consumer<ObjectNode> change) {
    return document(d -> change.accept((ObjectNode) d.get("_attachments").get(FILE)));
  }

  private static ObjectNode renamed(String file) {
    return document(d -> {
      var attachments = d.withObject("_attachments");
      attachments.set(file, attachments.remove(FILE));
    });
  }

  private static ObjectNode provenance(String file, String bundle, int length) {
    return document(d ->
        d.withObject("_attachments")
            .putObject(file)
            .put("content_type", "application/json")
            .put("data", bundle)
            .put("length", length));
  }

  private void refuses(ObjectNode document, String sentence) {
    refuses(document.toString(), sentence);
  }

  private void refuses(String body, String sentence) {
    refuses(body.getBytes(UTF_8), Malformed.class, sentence);
  }

  private void refuses(byte[] body, String sentence) {
    refuses(body, Malformed.class, sentence);
  }

  private void refuses(byte[] body, Class<? extends Problem> problem, String sentence) {
    assertThatThrownBy(() -> read(body, PublishLimits.DEFAULTS))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(problem))
        .hasMessageContaining(sentence);
    assertThat(scratch).isEmptyDirectory();
  }

  private void refuses(byte[] body, PublishLimits limits, String sentence) {
    assertThatThrownBy(() -> read(body, limits))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(TooLarge.class))
        .hasMessageContaining(sentence);
  }

  private void read(byte[] body, PublishLimits limits) throws IOException {
    PublishDocument.read(new ByteArrayInputStream(body), scratch, limits).close();
  }
}
