package dev.gatehouse.npm.tarball;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.PackageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepublicationTest {
  @TempDir Path directory;

  private Path scratch = Path.of("");

  @BeforeEach
  void makesADirectoryForScratchFiles() throws IOException {
    scratch = Files.createDirectory(directory.resolve("scratch"));
  }

  @Test
  void changesNothingButTheVersion() throws IOException {
    var before = PackageBuilder.named("@s/n").version("1.2.3");
    var after = PackageBuilder.named("@s/n").version("1.2.4-private.20261122");
    for (var builder : new PackageBuilder[] {before, after}) {
      builder.file("a".repeat(200), "x".repeat(700)).file("empty", "").file("b", "y".repeat(512));
      builder.entry("package/dir", (byte) '5', new byte[0]);
    }
    try (var renumbered = renumber(before.tarball(), "1.2.4-private.20261122")) {
      assertThat(trimmed(unzip(renumbered.path()))).isEqualTo(trimmed(after.tar()));
      assertThat(renumbered.size()).isEqualTo(Files.size(renumbered.path()));
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void changesItWhereverTheManifestStands() throws IOException {
    var text =
        "\uFEFF{ \"dependencies\":{\"version\":\"0\"},\n \"version\" :\t\"\\u0031.0.0\" ,\"ü\":[]}\n";
    var tarball =
        PackageBuilder.named("n").withoutManifest().file("a", "x").file("package.json", text);
    var expected = text.replace("\\u0031.0.0", "2.0.0");
    var same = PackageBuilder.named("n").withoutManifest().file("a", "x");
    try (var renumbered = renumber(tarball.tarball(), "2.0.0")) {
      assertThat(trimmed(unzip(renumbered.path())))
          .isEqualTo(trimmed(same.file("package.json", expected).tar()));
    }
  }

  @Test
  void isDeterministic() throws IOException {
    var tarball = PackageBuilder.named("n").file("x", "y").tarball();
    try (var one = renumber(tarball, "2.0.0");
        var other = renumber(tarball, "2.0.0")) {
      assertThat(one.integrity()).isEqualTo(other.integrity());
      assertThat(one.path()).hasSameBinaryContentAs(other.path());
    }
  }

  @Test
  void refusesWhatHasNoVersionToChange() {
    refuses("{\"name\":\"n\"}", "has no version in its package.json");
    refuses("{\"name\":\"n\",\"version\":1}", "has no version in its package.json");
  }

  @Test
  void refusesATarballThatTheInspectorRefuses() {
    assertThatThrownBy(() -> renumber("x".getBytes(UTF_8), "2.0.0"))
        .isInstanceOf(ProblemException.class);
    assertThat(scratch).isEmptyDirectory();
  }

  private void refuses(String manifest, String sentence) {
    var builder = PackageBuilder.named("n").withoutManifest().file("package.json", manifest);
    assertThatThrownBy(() -> renumber(builder.tarball(), "2.0.0"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(sentence);
    assertThat(scratch).isEmptyDirectory();
  }

  private ScratchTarball renumber(byte[] tarball, String version) throws IOException {
    var file = Files.write(directory.resolve("in.tgz"), tarball);
    return Republication.as(
        Objects.requireNonNull(Version.parse(version)), file, scratch, InspectionLimits.DEFAULTS);
  }

  private static byte[] unzip(Path file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /// Archives may end with any number of empty records.
  private static String trimmed(byte[] tar) {
    return new String(tar, UTF_8).replaceAll("\\x00+$", "");
  }
}
