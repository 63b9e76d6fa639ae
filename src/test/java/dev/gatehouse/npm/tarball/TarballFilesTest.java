package dev.gatehouse.npm.tarball;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.tarball.TarballFiles.FileText;
import dev.gatehouse.npm.tarball.TarballFiles.Listing;
import dev.gatehouse.npm.tarball.TarballFiles.TarballFile;
import dev.gatehouse.testing.PackageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarballFilesTest {
  private static final InspectionLimits LIMITS = InspectionLimits.DEFAULTS;

  @TempDir Path directory;

  private final PackageBuilder builder = PackageBuilder.named("@s/n").file("lib/a.js", "one");

  private Path tgz() throws IOException {
    return Files.write(directory.resolve("x.tgz"), builder.tarball());
  }

  private Listing list() throws IOException {
    return TarballFiles.list(tgz(), LIMITS, 100);
  }

  private FileText text(int number, int most) throws IOException {
    return Objects.requireNonNull(TarballFiles.text(tgz(), LIMITS, number, most));
  }

  @Test
  void listsFilesInTheOrderOfTheArchiveWithTheirDigests() throws Exception {
    builder.entry("package/docs", TarConstants.LF_DIR, new byte[0]).file("LICENSE", "MIT");
    Listing listing = list();
    assertThat(listing.files())
        .extracting(TarballFile::path)
        .containsExactly("package.json", "lib/a.js", "LICENSE");
    assertThat(listing.files()).extracting(TarballFile::number).containsExactly(0, 1, 2);
    assertThat(listing.files())
        .extracting(TarballFile::licence)
        .containsExactly(false, false, true);
    TarballFile second = listing.files().get(1);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest("one".getBytes(UTF_8));
    assertThat(second.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(second.size()).isEqualTo(3);
    assertThat(second.mode()).isEqualTo(0644);
    assertThat(listing.count()).isEqualTo(3);
    assertThat(Objects.requireNonNull(listing.packageJson()).path("name").asText())
        .isEqualTo("@s/n");
    assertThat(listing.fault()).isNull();
  }

  @Test
  void listsTheFirstOfMany() throws Exception {
    for (int i = 0; i < 10; i++) {
      builder.file("f" + i, "x");
    }
    Listing listing = TarballFiles.list(tgz(), LIMITS, 4);
    assertThat(listing.files()).hasSize(4);
    assertThat(listing.count()).isEqualTo(12);
  }

  @Test
  void showsNamesThatDisguiseThemselvesAsWhatTheyAre() throws Exception {
    builder.file("a\u202egnp.js", "x").file("b\n\u001b[31m", "x").file("😀<b>é", "x");
    assertThat(list().files())
        .extracting(TarballFile::path)
        .contains("a\\u{202e}gnp.js", "b\\u{a}\\u{1b}[31m", "😀<b>é");
  }

  @Test
  void cutsLongNamesAndKeepsThemApart() throws Exception {
    builder.file("d/" + "x".repeat(2_000) + "1", "x").file("d/" + "x".repeat(2_000) + "2", "x");
    var paths = list().files().stream().map(TarballFile::path).toList();
    assertThat(paths).doesNotHaveDuplicates().allMatch(path -> path.length() < 420);
  }

  @Test
  void tellsWhatIsWrongBehindWhatItCouldRead() throws Exception {
    builder.entry("package/link", TarConstants.LF_SYMLINK, "/etc".getBytes(UTF_8));
    builder.file("behind", "x");
    Listing listing = list();
    assertThat(listing.files())
        .extracting(TarballFile::path)
        .containsExactly("package.json", "lib/a.js");
    assertThat(listing.fault()).contains("link");
  }

  @Test
  void tellsOfASecondPackageJson() throws Exception {
    builder.file("PACKAGE.json", "{}");
    Listing listing = list();
    assertThat(listing.fault()).contains("more than one package.json");
    assertThat(listing.packageJson()).isNotNull();
    assertThat(listing.files()).hasSize(3);
  }

  @Test
  void tellsWhatIsNoTarball() throws Exception {
    Path file = Files.writeString(directory.resolve("no.tgz"), "<html>");
    assertThat(TarballFiles.list(file, LIMITS, 10).fault()).contains("not gzip");
  }

  @Test
  void readsTextByItsNumber() throws Exception {
    builder.file("lib/a.js", "two é");
    assertThat(text(1, 100).text()).isEqualTo("one");
    FileText twin = text(2, 100);
    assertThat(twin.text()).isEqualTo("two é");
    assertThat(twin.file().path()).isEqualTo("lib/a.js");
    assertThat(twin.cut()).isFalse();
    assertThat(TarballFiles.text(tgz(), LIMITS, 3, 100)).isNull();
  }

  @Test
  void cutsTextBetweenCharacters() throws Exception {
    builder.file("b.txt", "aé€");
    assertThat(text(2, 2).text()).isEqualTo("a");
    assertThat(text(2, 4).text()).isEqualTo("aé");
    assertThat(text(2, 4).cut()).isTrue();
    assertThat(text(2, 6).text()).isEqualTo("aé€");
    assertThat(text(2, 6).cut()).isFalse();
  }

  @Test
  void showsNoTextOfWhatIsNone() throws Exception {
    builder.file("a.node", new byte[] {0x7f, 'E', 'L', 'F', 0}).file("b", new byte[] {(byte) 0xff});
    builder.file("c", new byte[] {'a', (byte) 0xc3});
    assertThat(text(2, 100).text()).isNull();
    assertThat(text(3, 100).text()).isNull();
    assertThat(text(4, 100).text()).isNull();
    assertThat(text(2, 100).file().size()).isEqualTo(5);
  }
}
