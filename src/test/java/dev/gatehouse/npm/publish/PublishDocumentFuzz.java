package dev.gatehouse.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/// A fuzz target: whatever the bytes, a document is refused with a sentence or agrees with itself,
/// and no file is left.
public final class PublishDocumentFuzz {
  private static final PublishLimits LIMITS = new PublishLimits(1 << 20, 1 << 20);
  private static final Path SCRATCH = scratch();

  private PublishDocumentFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    requireSound(data.consumeRemainingAsBytes());
  }

  static void requireSound(byte[] body) {
    try (var document = PublishDocument.read(new ByteArrayInputStream(body), SCRATCH, LIMITS)) {
      switch (document) {
        case Publication publication -> requireSound(publication);
        case Revision revision -> requireSound(revision);
      }
    } catch (ProblemException e) {
      assertThat(e.problem().sentence()).matches("(?s)[A-Z\"].{10,2000}\\.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(SCRATCH).isEmptyDirectory();
  }

  private static void requireSound(Publication publication) {
    var name = publication.name();
    var version = publication.version().toString();
    assertThat(name.isPublishable()).isTrue();
    assertThat(publication.version().build()).isEmpty();
    assertThat(publication.manifest().path("name").textValue()).isEqualTo(name.value());
    assertThat(publication.manifest().path("version").textValue()).isEqualTo(version);
    assertThat(publication.manifest().path("_id").textValue()).isEqualTo(name + "@" + version);
    assertThat(publication.listing().distTags().values()).allMatch(version::equals);
    requireMeasured(publication.tarball());
  }

  private static void requireSound(Revision revision) {
    var versions = revision.versions();
    if (versions != null) {
      assertThat(versions.present()).containsAll(versions.deprecations().keySet());
    }
  }

  private static void requireMeasured(ScratchTarball tarball) {
    try {
      var bytes = Files.readAllBytes(tarball.path());
      assertThat(tarball.size()).isEqualTo(bytes.length).isPositive();
      var sha512 = MessageDigest.getInstance("SHA-512").digest(bytes);
      assertThat(tarball.integrity()).isEqualTo(Hash.of(Algorithm.SHA512, sha512).toString());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path scratch() {
    try {
      var directory = Files.createTempDirectory("publish-fuzz");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
