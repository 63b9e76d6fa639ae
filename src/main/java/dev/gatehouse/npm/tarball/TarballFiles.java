package dev.gatehouse.npm.tarball;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files in a tarball, for people who look at them. They are read where they lie, one after the
/// other; nothing is unpacked.
public final class TarballFiles {
  private static final int LONGEST_PATH = 400;
  private static final int DIGEST_SHOWN = 16;
  private static final String MANIFEST = "package.json";

  private TarballFiles() {}

  /// A file.
  ///
  /// @param number its place among the files of the archive, from 0: a name may stand there twice
  /// @param path where it is unpacked, below the package's folder, so that it can be shown: what
  ///   would disguise it is written as its code point, and of a long one the end is a digest
  /// @param mode its permissions
  /// @param licence whether it is a licence's text, by its name
  /// @param sha256 of its bytes, hex
  public record TarballFile(
      int number, String path, long size, int mode, boolean licence, String sha256) {}

  /// All of them, as far as they could be read.
  ///
  /// @param files the first ones
  /// @param count how many there are
  /// @param unpackedBytes the sum of their sizes
  /// @param packageJson the package's own manifest; null if it cannot be read
  /// @param fault what is wrong with the tarball, a sentence; what lies behind it was not read.
  ///   Null if nothing is
  public record Listing(
      List<TarballFile> files,
      int count,
      long unpackedBytes,
      @Nullable ObjectNode packageJson,
      @Nullable String fault) {
    /// Keeps its own copy.
    public Listing {
      files = List.copyOf(files);
    }
  }

  /// One of them.
  ///
  /// @param text the first of its text; null if it is none
  /// @param cut whether there is more
  public record FileText(TarballFile file, @Nullable String text, boolean cut) {}

  /// What is in `tgz`; of the files at most `most` are listed.
  public static Listing list(Path tgz, InspectionLimits limits, int most) throws IOException {
    var seen = new Seen(limits, most);
    try (var reader = new TarballReader(tgz, limits, OutputStream.nullOutputStream())) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        seen.visit(entry, reader);
      }
    } catch (ProblemException trap) {
      seen.fault(trap);
    }
    return seen.listing();
  }

  /// The text of the file with that number, at most `mostBytes` of it; null if there is none.
  public static @Nullable FileText text(
      Path tgz, InspectionLimits limits, int number, int mostBytes) throws IOException {
    var count = 0;
    try (var reader = new TarballReader(tgz, limits, OutputStream.nullOutputStream())) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        if (!entry.isFile() || count++ < number) {
          reader.read(0);
          continue;
        }
        var looked = new Looked(mostBytes);
        reader.readInto(looked);
        var cut = entry.size() > mostBytes;
        return new FileText(file(entry, number, looked), decode(looked.head(), cut), cut);
      }
    }
    return null;
  }

  private static TarballFile file(TarballReader.Entry entry, int number, Looked looked) {
    var inside = entry.path().inside();
    return new TarballFile(
        number,
        shown(inside.isEmpty() ? entry.name() : inside),
        entry.size(),
        entry.mode(),
        TarballInspector.isLicence(inside),
        looked.sha256());
  }

  /// Its UTF-8, or null if it is something else. The last character of a `cut` one may be halved.
  private static @Nullable String decode(byte[] bytes, boolean cut) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !cut);
    var decoded = text.flip().toString();
    return result.isError() || decoded.indexOf('\0') >= 0 ? null : decoded;
  }

  private static String shown(String path) {
    var out = new StringBuilder();
    path.codePoints()
        .limit(LONGEST_PATH)
        .forEach(c -> {
          if (isPlain(c)) {
            out.appendCodePoint(c);
          } else {
            out.append("\\u{").append(Integer.toHexString(c)).append('}');
          }
        });
    if (path.codePointCount(0, path.length()) > LONGEST_PATH) {
      var all = digest().digest(path.getBytes(StandardCharsets.UTF_8));
      out.append('…').append(HexFormat.of().formatHex(all), 0, DIGEST_SHOWN);
    }
    return out.toString();
  }

  /// Whether a character shows as itself: others hide, or turn the text around.
  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// What was seen until now.
  private static final class Seen {
    private final InspectionLimits limits;
    private final int most;
    private final List<TarballFile> files = new ArrayList<>();
    private int count;
    private long unpackedBytes;
    private boolean hasManifest;
    private @Nullable ObjectNode packageJson;
    private @Nullable String fault;

    Seen(InspectionLimits limits, int most) {
      this.limits = limits;
      this.most = most;
    }

    void visit(TarballReader.Entry entry, TarballReader reader) throws IOException {
      var manifest = entry.path().mayBe(MANIFEST);
      var looked = new Looked(manifest ? limits.manifestBytes() + 1 : 0);
      reader.readInto(looked);
      if (!entry.isFile()) {
        return;
      }
      if (files.size() < most) {
        files.add(file(entry, count, looked));
      }
      count++;
      unpackedBytes += entry.size();
      if (manifest) {
        readManifest(entry, looked.head());
      }
    }

    private void readManifest(TarballReader.Entry entry, byte[] bytes) throws IOException {
      try {
        if (hasManifest || !entry.path().inside().equals(MANIFEST)) {
          throw TarballReader.malformed("has more than one package.json, or one in other letters.");
        }
        hasManifest = true;
        packageJson = PackageJson.parse(bytes, limits);
      } catch (ProblemException trap) {
        fault(trap);
      }
    }

    void fault(ProblemException trap) {
      fault = fault == null ? trap.problem().sentence() : fault;
    }

    Listing listing() {
      return new Listing(files, count, unpackedBytes, packageJson, fault);
    }
  }

  /// Takes in a file: its digest, and the first of its bytes.
  private static final class Looked extends OutputStream {
    private final MessageDigest sha256 = digest();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final int most;

    Looked(int most) {
      this.most = most;
    }

    @Override
    public void write(int octet) {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sha256.update(bytes, offset, length);
      head.write(bytes, offset, Math.min(length, most - head.size()));
    }

    byte[] head() {
      return head.toByteArray();
    }

    String sha256() {
      return HexFormat.of().formatHex(sha256.digest());
    }
  }
}
