package dev.gatehouse.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  private final Path directory;
  private final Blobs blobs;

  BlobsTest(@TempDir Path directory) {
    this.directory = directory;
    this.blobs = new Blobs(directory);
  }

  @Test
  void keepsAndPlacesBytesUnderTheirDigest() throws Exception {
    String kept = digest("SHA-512", "kept");
    String placed = digest("SHA-256", "placed");

    Path scratch = scratch("kept");
    blobs.keep(scratch, kept);
    blobs.place(scratch("placed"), placed);
    blobs.settle(placed);

    assertThat(blobs.path(kept)).hasContent("kept").hasFileName(kept);
    assertThat(blobs.path(kept).getParent()).hasFileName(kept.substring(0, 2));
    assertThat(blobs.path(placed)).hasContent("placed");
    assertThat(scratch).doesNotExist();
    assertThat(new Blobs(directory).has(kept)).isTrue();
    assertThat(blobs.has(digest("SHA-256", "kept"))).isFalse();
    assertThatThrownBy(() -> blobs.settle(digest("SHA-256", "never placed")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void takesNoNameThatIsNoDigest() {
    String fine = "0123456789abcdef".repeat(4);
    assertThat(blobs.path(fine)).hasFileName(fine);
    assertThat(blobs.path(fine + fine)).hasFileName(fine + fine);
    for (String wrong :
        List.of(
            "",
            fine.substring(1),
            fine + "0",
            fine.toUpperCase(Locale.ROOT),
            "../" + fine.substring(3),
            fine.substring(1) + "/",
            fine + "\n",
            fine + fine + fine)) {
      assertThatThrownBy(() -> blobs.path(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> blobs.delete(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void deletesWhatIsThereAndMindsNothingElse() throws Exception {
    String digest = kept("bytes");

    blobs.delete(digest);
    blobs.delete(digest);

    assertThat(blobs.has(digest)).isFalse();
  }

  @Test
  void showsWhatLiesInAFolderAndNoStrangersOrHalfFiles() throws Exception {
    String digest = kept("bytes");
    Files.writeString(blobs.path(digest).resolveSibling("notes.txt"), "a stranger");
    Path unfinished = scratch("half");

    int folder = Integer.parseInt(digest.substring(0, 2), 16);
    List<Blobs.Stored> found = blobs.in(folder);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().digest()).isEqualTo(digest);
    assertThat(found.getFirst().size()).isEqualTo(5);
    assertThat(found.getFirst().written()).isAfter(Instant.now().minusSeconds(60));
    assertThat(blobs.in((folder + 1) % Blobs.FOLDERS)).isEmpty();
    List<String> all = new ArrayList<>();
    blobs.forEach(all::add);
    assertThat(all).containsExactly(digest);
    assertThat(Blobs.folder(folder)).isEqualTo(digest.substring(0, 2));
    assertThat(unfinished).exists();
  }

  @Test
  void sweepsScratchFilesAndNothingElse() throws Exception {
    String digest = kept("bytes");
    Path unfinished = scratch("half");

    new Blobs(directory);
    assertThat(unfinished).exists();
    blobs.sweepScratch();

    assertThat(unfinished).doesNotExist();
    assertThat(blobs.scratch()).isDirectory();
    assertThat(blobs.has(digest)).isTrue();
  }

  @Test
  void sweepsOldBytesUnlessTheyWerePlacedOrAdoptedSince() throws Exception {
    Instant before = Instant.now().minus(Duration.ofHours(1));
    String young = kept("young");
    String old = aged("old", before);
    String adopted = aged("adopted", before);
    String again = aged("again", before);

    assertThat(blobs.adopt(adopted)).isTrue();
    blobs.place(scratch("again"), again);

    assertThat(blobs.sweep(young, before)).isFalse();
    assertThat(blobs.sweep(adopted, before)).isFalse();
    assertThat(blobs.sweep(again, before)).isFalse();
    assertThat(blobs.sweep(old, before)).isTrue();
    assertThat(blobs.sweep(old, before)).isFalse();
    assertThat(blobs.has(old)).isFalse();
    assertThat(blobs.has(young)).isTrue();
    assertThat(blobs.adopt(old)).isFalse();
  }

  @Test
  void knowsDamagedBytesOfEitherDigestAndDiscardsOnlyThose() throws Exception {
    String small = digest("SHA-256", "document");
    blobs.keep(scratch("document"), small);
    String large = kept("tarball");
    assertThat(blobs.isIntact(small)).isTrue();
    assertThat(blobs.isIntact(large)).isTrue();
    assertThat(blobs.discardDamaged(large)).isFalse();
    assertThat(blobs.path(large)).hasContent("tarball");

    Files.writeString(blobs.path(large), "tarbalL");
    Files.writeString(blobs.path(small), "");

    assertThat(blobs.isIntact(small)).isFalse();
    assertThat(blobs.isIntact(large)).isFalse();
    assertThat(blobs.discardDamaged(large)).isTrue();
    assertThat(blobs.has(large)).isFalse();
    assertThat(blobs.isIntact(large)).isFalse();
    assertThat(blobs.discardDamaged(large)).isFalse();
    assertThat(blobs.scratch()).isEmptyDirectory();
  }

  private String kept(String text) throws Exception {
    String digest = digest("SHA-512", text);
    blobs.keep(scratch(text), digest);
    return digest;
  }

  private String aged(String text, Instant before) throws Exception {
    String digest = kept(text);
    Files.setLastModifiedTime(blobs.path(digest), FileTime.from(before.minusSeconds(1)));
    return digest;
  }

  private Path scratch(String text) throws IOException {
    return Files.writeString(blobs.newScratchFile(), text);
  }

  private static String digest(String algorithm, String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
