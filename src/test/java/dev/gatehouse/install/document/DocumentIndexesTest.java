package dev.gatehouse.install.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading documents from the store again and again, with no room to keep them in memory.
final class DocumentIndexesTest {
  private static final String DOCUMENT =
      "{\"name\":\"left-pad\",\"dist-tags\":{\"latest\":\"1.0.0\"}}";

  @TempDir private Path directory = Path.of("");
  private Blobs blobs = new Blobs(directory.resolve("none"));
  private DocumentIndexes indexes = new DocumentIndexes(blobs, 0);
  private String digest = "";

  @BeforeEach
  void storeADocument() throws Exception {
    blobs = new Blobs(directory);
    indexes = new DocumentIndexes(blobs, 0);
    byte[] bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
    digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Path file = blobs.newScratchFile();
    Files.write(file, bytes);
    blobs.place(file, digest);
  }

  private @Nullable String latest() {
    var key = new DocumentIndexes.Key(digest, "left-pad");
    try (var lease = indexes.open(List.of(key))) {
      PackumentIndex index = lease.find(key);
      return index == null ? null : index.tags().get("latest");
    }
  }

  private void damage() throws IOException {
    Files.writeString(blobs.path(digest), DOCUMENT.replace("1.0.0", "6.6.6"));
  }

  @Test
  void givesTheSameEachTime() {
    assertThat(latest()).isEqualTo("1.0.0");
    assertThat(latest()).isEqualTo("1.0.0");
  }

  @Test
  void givesNothingForAFileThatIsNotWhatItsNameSays() throws IOException {
    damage();
    assertThat(latest()).isNull();
    assertThat(latest()).as("the second time").isNull();
  }

  @Test
  void givesNothingForAFileThatWasWrittenToAfterItWasFoundWhole() throws IOException {
    assertThat(latest()).isEqualTo("1.0.0");
    FileTime before = Files.getLastModifiedTime(blobs.path(digest));
    damage();
    Files.setLastModifiedTime(
        blobs.path(digest), FileTime.fromMillis(Objects.requireNonNull(before).toMillis() + 10));
    assertThat(latest()).isNull();
  }

  @Test
  void givesNothingForAFileThatWasWrittenToAfterItWasTakenIn() throws IOException {
    Path file = blobs.newScratchFile();
    Files.writeString(file, DOCUMENT);
    DocumentIndexes.Read read = indexes.read(file, "left-pad");
    indexes.remember(read, ((PackumentParse.Parsed) read.parse()).index());
    blobs.place(file, digest);
    assertThat(latest()).isEqualTo("1.0.0");

    damage();
    Files.setLastModifiedTime(
        blobs.path(digest), FileTime.fromMillis(read.written().toMillis() + 10));

    assertThat(latest()).isNull();
  }
}
