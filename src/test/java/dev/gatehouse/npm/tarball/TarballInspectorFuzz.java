package dev.gatehouse.npm.tarball;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/// A fuzz target: whatever the bytes, as a tarball and as the archive inside of one, they are
/// refused with a sentence, or the same files can be published again as another version.
public final class TarballInspectorFuzz {
  private static final InspectionLimits LIMITS =
      new InspectionLimits(1000, 4 << 20, 200, 1 << 16, 1 << 10);
  private static final Version OTHER = Objects.requireNonNull(Version.parse("99.0.0-other.1"));
  private static final Path DIRECTORY = directory();

  private TarballInspectorFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    requireSound(data.consumeRemainingAsBytes());
  }

  static void requireSound(byte[] bytes) {
    var file = DIRECTORY.resolve("input.tgz");
    try {
      requireSound(Files.write(file, bytes));
      requireSound(Files.write(file, gzip(bytes)));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(DIRECTORY).isEmptyDirectory();
  }

  private static void requireSound(Path tgz) throws IOException {
    try {
      var contents = TarballInspector.inspect(tgz, LIMITS);
      try (var other = Republication.as(OTHER, tgz, DIRECTORY, LIMITS)) {
        requireOnlyRenumbered(contents, TarballInspector.inspect(other.path(), LIMITS));
      }
    } catch (ProblemException e) {
      assertThat(e.problem().sentence()).matches("(?s)[A-Z\"].{10,2000}\\.");
    }
  }

  private static void requireOnlyRenumbered(TarballContents before, TarballContents after) {
    assertThat(after.files()).isEqualTo(before.files());
    assertThat(after.readme()).isEqualTo(before.readme());
    assertThat(after.bindingGyp()).isEqualTo(before.bindingGyp());
    assertThat(after.shrinkwrap()).isEqualTo(before.shrinkwrap());
    var expected = before.packageJson().deepCopy().put("version", OTHER.toString());
    assertThat(after.packageJson()).isEqualTo(expected);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Path directory() {
    try {
      var directory = Files.createTempDirectory("tarball-fuzz");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
