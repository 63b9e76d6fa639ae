package dev.gatehouse.npm.tarball;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.npm.tarball.TarballContents.Readme;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.Problem.TooLarge;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.PackageBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarballInspectorTest {
  private static final byte FILE = TarConstants.LF_NORMAL;
  private static final byte[] NOTHING = {};

  @TempDir Path directory;

  private final PackageBuilder builder =
      PackageBuilder.named("@s/n").version("1.2.3").file("lib/index.js", "12345");

  @Test
  void readsThePackagesOwnManifestAndCountsItsFiles() throws IOException {
    var contents = inspect(builder.entry("package/lib", TarConstants.LF_DIR, NOTHING));
    assertThat(contents.packageJson().path("name").asText()).isEqualTo("@s/n");
    assertThat(contents.packageJson().path("version").asText()).isEqualTo("1.2.3");
    assertThat(contents.files()).isEqualTo(2);
    var manifest = contents.packageJson().toPrettyString().length();
    assertThat(contents.unpackedBytes()).isEqualTo(manifest + 5);
    assertThat(contents.readme()).isNull();
    assertThat(contents.bindingGyp()).isFalse();
    assertThat(contents.shrinkwrap()).isFalse();
  }

  @Test
  void leavesTheTarballAsItIs() throws IOException {
    var file = Files.write(directory.resolve("x"), builder.tarball());
    TarballInspector.inspect(file, InspectionLimits.DEFAULTS);
    assertThat(file).hasBinaryContent(builder.tarball());
  }

  @Test
  void prefersAMarkdownReadmeOfTheTopFolder() throws IOException {
    builder.file("docs/README.md", "deep").file("README", "plain").file("readme.md", "marked");
    var contents = inspect(builder.file("README.markdown", "late"));
    assertThat(contents.readme()).isEqualTo(new Readme("readme.md", "marked"));
  }

  @Test
  void cutsALongReadmeOff() throws IOException {
    var contents = inspect(builder.file("README.md", "x".repeat(300 << 10)));
    assertThat(contents.readme()).isEqualTo(new Readme("README.md", "x".repeat(256 << 10)));
  }

  @Test
  void keepsTheLicenceFilesOfTheTopFolder() throws IOException {
    builder.file("sub/LICENSE", "deep").file("license.js", "code").file("LICENSE", "one");
    builder.file("LICENCE-MIT.txt", "two").file("COPYING", "three").file("mit-license.md", "four");
    assertThat(inspect(builder).licences()).containsExactly("one", "two", "three", "four");
    for (int i = 0; i < 20; i++) {
      builder.file("LICENSE." + i, "x".repeat(300 << 10));
    }
    assertThat(inspect(builder).licences())
        .hasSize(10)
        .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(256 << 10));
  }

  @Test
  void seesWhatMakesInstallersRunThings() throws IOException {
    builder.file("sub/binding.gyp", "").file("sub/npm-shrinkwrap.json", "");
    assertThat(inspect(builder).bindingGyp()).isFalse();
    assertThat(inspect(builder).shrinkwrap()).isFalse();
    builder.file("binding.gyp", "{}").file("npm-shrinkwrap.json", "{}");
    assertThat(inspect(builder).bindingGyp()).isTrue();
    assertThat(inspect(builder).shrinkwrap()).isTrue();
  }

  @Test
  void acceptsAnyTopFolder() throws IOException {
    for (var folder : new String[] {"n-1.0.0", ".", "Größe"}) {
      var contents = inspect(PackageBuilder.named("n").folder(folder).file("x", ""));
      assertThat(contents.files()).isEqualTo(2);
    }
  }

  @Test
  void acceptsLongNamesAndAByteOrderMark() throws IOException {
    var long1 = "a/".repeat(150) + "ü.js";
    builder.withoutManifest().file("package.json", "\uFEFF{\"name\":\"n\"}").file(long1, "x");
    assertThat(inspect(builder).files()).isEqualTo(3);
    assertThat(inspect(builder).packageJson().path("name").asText()).isEqualTo("n");
  }

  @Test
  void readsConcatenatedGzipMembersAndZerosBehindThem() throws IOException {
    var tar = builder.tar();
    var out = new ByteArrayOutputStream();
    out.write(gzip(Arrays.copyOf(tar, 700)));
    out.write(gzip(NOTHING));
    out.write(gzip(Arrays.copyOfRange(tar, 700, tar.length)));
    out.write(new byte[5000]);
    assertThat(inspect(out.toByteArray()).files()).isEqualTo(2);
  }

  @Test
  void readsAGzipHeaderWithAllItsOptionalParts() throws IOException {
    var plain = builder.tarball();
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 'e', 'x'});
    out.write("name\0comment\0".getBytes(UTF_8));
    out.write(new byte[] {1, 2});
    out.write(plain, 10, plain.length - 10);
    assertThat(inspect(out.toByteArray()).files()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoGzip() {
    refuses(NOTHING, "is empty");
    refuses("hello".getBytes(UTF_8), "is not gzip");
    refuses(builder.tar(), "is not gzip");
    var flags = builder.tarball();
    flags[3] = (byte) 0x80;
    refuses(flags, "header is broken");
  }

  @Test
  void refusesATarballThatIsCutShortAnywhere() {
    var tarball = builder.tarball();
    for (var length = 1; length < tarball.length; length++) {
      refuses(Arrays.copyOf(tarball, length), "The tarball");
    }
  }

  @Test
  void refusesAnArchiveThatIsCutShortInsideOfItsGzip() throws IOException {
    refuses(gzip(Arrays.copyOf(builder.tar(), 600)), "not a complete tar archive");
    refuses(gzip(NOTHING), "has no package.json");
    refuses(gzip("not a tar".repeat(100).getBytes(UTF_8)), "The tarball");
  }

  @Test
  void refusesDamageAndGarbage() throws IOException {
    var checksum = builder.tarball();
    checksum[checksum.length - 8] ^= 1;
    refuses(checksum, "checksum does not fit");
    var length = builder.tarball();
    length[length.length - 1] ^= 1;
    refuses(length, "checksum does not fit");
    refuses(concat(builder.tarball(), new byte[] {0, 0, 7}), "not gzip follows");
    refuses(concat(builder.tarball(), new byte[] {0x1f, 0}), "is not gzip");
    refuses(gzip(concat(builder.tar(), "hidden".getBytes(UTF_8))), "behind the end");
    var header = builder.tar();
    header[0] ^= 1;
    refuses(gzip(header), "a checksum does not fit");
  }

  @Test
  void refusesATarballThatClimbsOut() {
    for (var path :
        new String[] {
          "package/../../x",
          "..",
          "../x",
          "package/..",
          "/etc/passwd",
          "package\\..\\x",
          "C:/x",
          "package/c:/x",
          "package/C:x"
        }) {
      refuses(builder().entry(path, FILE, NOTHING).tarball(), "outside of the package's folder");
    }
  }

  @Test
  void refusesLinksAndDevices() {
    var target = "target".getBytes(UTF_8);
    refuses(builder().entry("package/l", TarConstants.LF_SYMLINK, target).tarball(), "has a link");
    refuses(builder().entry("package/l", TarConstants.LF_LINK, target).tarball(), "has a link");
    for (var type :
        new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, 'Q'}) {
      refuses(builder().entry("package/d", type, NOTHING).tarball(), "neither a file nor a folder");
    }
  }

  @Test
  void refusesAFolderWithDataThatSomeTakeForTheNextHeader() throws IOException {
    var tar = PackageBuilder.named("n").withoutManifest().file("d", "data").tar();
    tar[156] = TarConstants.LF_DIR;
    tar[153] = (byte) (tar[153] + 5);
    refuses(gzip(tar), "has a folder with data of its own");
  }

  @Test
  void refusesASecondManifestInWhateverDisguise() {
    for (var path :
        new String[] {
          "package/package.json", "other/package.json", "package/./package.json",
          "package//package.json", "package/Package.JSON", "package/pac\u212aage.json"
        }) {
      refuses(builder().entry(path, FILE, "{}".getBytes(UTF_8)).tarball(), "more than one");
    }
    refuses(
        PackageBuilder.named("n").withoutManifest().file("PACKAGE.json", "{}").tarball(), "one");
  }

  @Test
  void refusesATarballWithoutAManifest() {
    var empty = PackageBuilder.named("n").withoutManifest();
    refuses(empty.file("sub/package.json", "{}").tarball(), "has no package.json");
    refuses(empty.entry("package.json", FILE, "{}".getBytes(UTF_8)).tarball(), "no package.json");
  }

  @Test
  void refusesAManifestThatCannotBeRead() {
    refusesManifest("", "not an object");
    refusesManifest("[]", "not an object");
    refusesManifest("{", "is not valid JSON");
    refusesManifest("{}{}", "does not end where it should");
    refusesManifest("{\"name\":\"a\",\"name\":\"b\"}", "\"name\" stands in it twice");
    refusesManifest("{\"version\":\"a\",\"version\":\"b\"}", "\"version\" stands in it twice");
    refusesManifest("{\"x\":1e999}", "too big");
    refuses(manifest("{\"x\":" + "[".repeat(500)), TooLarge.class, "exceeds a limit");
    refuses(manifest(" ".repeat(5 << 20)), TooLarge.class, "larger than");
    refuses(manifest("{\"x\":[" + "[],".repeat(1 << 20) + "1]}"), TooLarge.class, "too large");
  }

  @Test
  void letsTheLastOfOtherRepeatedMembersWinAsClientsDo() throws IOException {
    var contents = inspect(manifest("{\"scripts\":{\"a\":\"1\"},\"scripts\":{\"a\":\"2\"}}"));
    assertThat(contents.packageJson().at("/scripts/a").asText()).isEqualTo("2");
  }

  @Test
  void refusesBombs() {
    var many = PackageBuilder.named("n");
    for (var i = 0; i < 20; i++) {
      many.file("f" + i, "");
    }
    refuses(many.tarball(), new InspectionLimits(20, 1 << 20, 200, 1 << 20, 10), "more than 20");
    var large = PackageBuilder.named("n").file("zeros", new byte[70 << 20]);
    refuses(
        large.tarball(), new InspectionLimits(20, 1 << 20, 200, 1 << 20, 10), "unpacks to more");
    refuses(large.tarball(), InspectionLimits.DEFAULTS, "unpacks to more than 67108864");
  }

  @Test
  void refusesAHeaderThatWouldFillTheMemory() {
    var name = "a".repeat(10 << 20);
    for (var type : new byte[] {TarConstants.LF_GNUTYPE_LONGNAME, 'K'}) {
      var header = builder().entry("package/h", type, name.getBytes(UTF_8)).tarball();
      refuses(header, "longer than 256 KB");
    }
    var pax = (name.length() + 15) + " path=" + name + "\n";
    var extended = builder().entry("package/h", (byte) 'x', pax.getBytes(UTF_8)).tarball();
    refuses(extended, "longer than 256 KB");
  }

  @Test
  void saysSoIfTheFileIsMissing() {
    assertThatThrownBy(
            () -> TarballInspector.inspect(directory.resolve("y"), InspectionLimits.DEFAULTS))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static PackageBuilder builder() {
    return PackageBuilder.named("n");
  }

  private static byte[] manifest(String text) {
    return PackageBuilder.named("n").withoutManifest().file("package.json", text).tarball();
  }

  private void refusesManifest(String text, String sentence) {
    refuses(manifest(text), sentence);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private TarballContents inspect(PackageBuilder builder) throws IOException {
    return inspect(builder.tarball());
  }

  private TarballContents inspect(byte[] tarball) throws IOException {
    return inspect(tarball, InspectionLimits.DEFAULTS);
  }

  private TarballContents inspect(byte[] tarball, InspectionLimits limits) throws IOException {
    return TarballInspector.inspect(Files.write(directory.resolve("x.tgz"), tarball), limits);
  }

  private void refuses(byte[] tarball, String sentence) {
    refuses(tarball, Malformed.class, sentence);
  }

  private void refuses(byte[] tarball, Class<? extends Problem> problem, String sentence) {
    assertThatThrownBy(() -> inspect(tarball))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(problem))
        .hasMessageContaining(sentence);
  }

  private void refuses(byte[] tarball, InspectionLimits limits, String sentence) {
    assertThatThrownBy(() -> inspect(tarball, limits))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(TooLarge.class))
        .hasMessageContaining(sentence);
  }
}
