package dev.gatehouse.npm.tarball;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Gives a tarball another version. Only the value of `version` in its package.json changes, and
/// the length and checksum in front of that file; every other byte of the archive, headers
/// included, stays as it was packed. The same tarball and version give the same bytes again.
public final class Republication {
  private static final int RECORD = TarballReader.RECORD;
  private static final int SIZE_FIELD = 124;
  private static final int CHECKSUM_FIELD = 148;

  private final HeldCopy copy;
  private final OutputStream out;
  private final Version version;
  private final InspectionLimits limits;

  private Republication(OutputStream out, Version version, InspectionLimits limits) {
    this.out = out;
    this.copy = new HeldCopy(out);
    this.version = version;
    this.limits = limits;
  }

  /// A new file in `scratchDirectory`: `tgz` as `version`, for the caller to keep or close.
  ///
  /// @throws ProblemException if `tgz` is not one that [TarballInspector] accepts
  public static ScratchTarball as(
      Version version, Path tgz, Path scratchDirectory, InspectionLimits limits)
      throws IOException {
    TarballInspector.inspect(tgz, limits);
    var renumbered =
        ScratchTarball.receive(
            scratchDirectory,
            limits.unpackedBytes(),
            file -> {
              try (var out = new GZIPOutputStream(file, 1 << 16)) {
                new Republication(out, version, limits).rewrite(tgz);
              }
            });
    try {
      requireRenumbered(renumbered, version, limits);
      return renumbered;
    } catch (ProblemException | IOException e) {
      renumbered.close();
      throw e;
    }
  }

  /// An extended header may repeat the file's length; such a tarball cannot be patched, and none of
  /// the clients makes one.
  private static void requireRenumbered(
      ScratchTarball tarball, Version version, InspectionLimits limits) throws IOException {
    var manifest = TarballInspector.inspect(tarball.path(), limits).packageJson();
    if (!version.toString().equals(manifest.path("version").textValue())) {
      throw TarballReader.malformed("cannot be given another version. Pack it with npm pack.");
    }
  }

  private void rewrite(Path tgz) throws IOException {
    var padding = 0;
    var paddingIsStale = false;
    try (var reader = new TarballReader(tgz, limits, copy)) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        var held = copy.take();
        var header = paddingIsStale ? Arrays.copyOfRange(held, padding, held.length) : held;
        paddingIsStale = entry.path().inside().equals("package.json");
        padding = TarballReader.padding(entry.size());
        if (paddingIsStale) {
          rewriteManifest(reader, header);
        } else {
          out.write(header);
          copy.pass();
          reader.read(0);
        }
        copy.hold();
      }
    }
    out.write(Arrays.copyOf(copy.take(), paddingIsStale ? 0 : padding));
    out.write(new byte[2 * RECORD]);
  }

  private void rewriteManifest(TarballReader reader, byte[] header) throws IOException {
    copy.drop();
    var manifest = VersionText.replace(reader.read(limits.manifestBytes()), version.toString());
    patch(header, header.length - RECORD, manifest.length);
    out.write(header);
    out.write(Arrays.copyOf(manifest, manifest.length + TarballReader.padding(manifest.length)));
  }

  /// Puts `size` into the record at `start` and repairs its checksum, the sum of its bytes with the
  /// checksum's own taken as spaces.
  private static void patch(byte[] header, int start, int size) {
    put(header, start + SIZE_FIELD, "%011o".formatted(size));
    put(header, start + CHECKSUM_FIELD, " ".repeat(8));
    var sum = 0;
    for (var i = start; i < start + RECORD; i++) {
      sum += header[i] & 0xff;
    }
    put(header, start + CHECKSUM_FIELD, "%06o\0 ".formatted(sum));
  }

  private static void put(byte[] header, int at, String text) {
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, header, at, text.length());
  }
}
