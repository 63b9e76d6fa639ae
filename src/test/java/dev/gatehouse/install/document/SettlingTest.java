package dev.gatehouse.install.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import dev.gatehouse.packages.DocumentRows;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
final class SettlingTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String TARBALL = "c".repeat(128);

  @AutoClose private final TestingDatabase databases;
  @TempDir private Path directory = Path.of("");
  private Blobs blobs = new Blobs(directory.resolve("none"));

  SettlingTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
  }

  @BeforeEach
  void openTheStore() {
    blobs = new Blobs(directory);
  }

  @Test
  void aDocumentThatIsReplacedGoes() throws IOException {
    try (var settling = new Settling(blobs, databases.database())) {
      settle(settling, A);
      settle(settling, B);
    }

    assertThat(blobs.has(A)).isFalse();
    assertThat(blobs.has(B)).isTrue();
    assertThat(row()).isEqualTo(B);
  }

  @Test
  void aDocumentThatComesAgainAtOnceStays() throws Exception {
    var held = new CountDownLatch(1);
    try (var settling = new Settling(blobs, databases.database())) {
      settling.add(waitsFor(held));
      settle(settling, A);
      settle(settling, B);
      settle(settling, A);
      held.countDown();
    }

    assertThat(row()).isEqualTo(A);
    assertThat(blobs.has(A)).isTrue();
    assertThat(blobs.has(B)).isFalse();
  }

  @Test
  void aDocumentThatSomebodyIsAboutToNameStays() throws IOException {
    try (var settling = new Settling(blobs, databases.database())) {
      settle(settling, A);
      settling.hold(A);
      settle(settling, B);
    }

    assertThat(blobs.has(A)).isTrue();
  }

  @Test
  void aRowThatCannotBeWrittenTakesNoOtherWithIt() throws IOException {
    long registry = databases.registry(databases.workspace("w"), "r");
    place(TARBALL);
    var held = new CountDownLatch(1);
    try (var settling = new Settling(blobs, databases.database())) {
      settling.add(waitsFor(held));
      for (long id : new long[] {registry, registry + 1_000}) {
        var row = new CachedTarball(id, "left-pad", "1.0.0", TARBALL, 1, "sha512-x");
        settling.add(
            new Settling.Item(
                TARBALL,
                handle -> {
                  CachedTarballs.add(handle, row, 0);
                  return null;
                }));
      }
      held.countDown();
    }

    var cached = new CachedTarballs(databases.database());
    assertThat(cached.versions(registry, "left-pad")).containsExactly("1.0.0");
    assertThat(cached.isSettled(TARBALL)).isTrue();
  }

  @Test
  void noRowIsWrittenForABlobThatIsNotThere() {
    var held = new CountDownLatch(1);
    try (var settling = new Settling(blobs, databases.database())) {
      settling.add(waitsFor(held));
      settling.add(item(A));
      assertThat(settling.isUnderWay(A)).isTrue();
      held.countDown();
    }

    assertThat(new DocumentRows(databases.database()).find("source", "left-pad")).isNull();
  }

  private void settle(Settling settling, String digest) throws IOException {
    place(digest);
    settling.add(item(digest));
  }

  private void place(String digest) throws IOException {
    Path file = blobs.newScratchFile();
    Files.writeString(file, "x");
    blobs.place(file, digest);
  }

  /// Keeps the settling thread from whatever is added after it.
  private static Settling.Item waitsFor(CountDownLatch held) {
    return new Settling.Item(
        null,
        _ -> {
          awaitUninterruptibly(held);
          return null;
        });
  }

  private static Settling.Item item(String digest) {
    var row = new DocumentRow("source", "left-pad", digest, null, null, 0);
    return new Settling.Item(digest, handle -> DocumentRows.save(handle, row));
  }

  private String row() {
    DocumentRow row = new DocumentRows(databases.database()).find("source", "left-pad");
    return row == null ? "" : String.valueOf(row.digest());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
