package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.packument.json.JsonOut;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Writes version objects by copying their bytes, except for the two URLs that must point here.
final class VersionWriter {
  private static final byte[] QUOTE = {'"'};

  private final JsonOut out;
  private final Signatures signatures;
  private final byte[] tarballStart;
  private final byte[] attestationsStart;

  /// A writer of versions of `name` as a registry serves them.
  VersionWriter(JsonOut out, String name, Rendition rendition) {
    this.out = out;
    this.signatures = rendition.signatures();
    String registryUrl = rendition.registryUrl();
    String registry = registryUrl.endsWith("/") ? registryUrl : registryUrl + "/";
    String unscoped = name.substring(name.indexOf('/') + 1);
    this.tarballStart = openString(registry + name + "/-/" + unscoped + "-");
    this.attestationsStart = openString(registry + "-/npm/v1/attestations/" + name + "@");
  }

  private static byte[] openString(String text) {
    byte[] quoted = JsonOut.quote(text);
    return Arrays.copyOf(quoted, quoted.length - 1);
  }

  /// The whole object.
  void full(Selected version) throws IOException {
    VersionRow row = version.row();
    copy(version, row.from(), row.to());
  }

  /// The fields of the abbreviated form.
  void abbreviated(Selected version) throws IOException {
    int[] kept = version.row().kept();
    out.ascii("{");
    for (int i = 0; i < kept.length; i += 2) {
      if (i > 0) {
        out.ascii(",");
      }
      copy(version, kept[i], kept[i + 1]);
    }
    if (version.row().hasInstallScript()) {
      out.ascii(",\"hasInstallScript\":true");
    }
    out.ascii("}");
  }

  /// Copies `[from, to)` of the document with the URLs in it replaced, and signatures put in.
  private void copy(Selected version, int from, int to) throws IOException {
    byte[] signed = signatures.of(version);
    int at = from;
    for (Part part : inOrder(version.row(), signed != null)) {
      at =
          part == Part.SIGNATURES
              ? sign(version, Objects.requireNonNull(signed), at, to)
              : replace(version, part, at, to);
    }
    out.raw(version.source().bytes(), at, to);
  }

  /// The parts that do not stay as they are, as they stand in the document. Signatures where there
  /// are none come first in `dist`.
  private static List<Part> inOrder(VersionRow row, boolean signed) {
    boolean inOrder = row.from(Part.TARBALL) < row.from(Part.ATTESTATIONS_URL);
    Part first = inOrder ? Part.TARBALL : Part.ATTESTATIONS_URL;
    Part second = inOrder ? Part.ATTESTATIONS_URL : Part.TARBALL;
    if (!signed) {
      return List.of(first, second);
    }
    int at = row.from(Part.SIGNATURES);
    if (at < 0 || at < row.from(first)) {
      return List.of(Part.SIGNATURES, first, second);
    }
    return at < row.from(second)
        ? List.of(first, Part.SIGNATURES, second)
        : List.of(first, second, Part.SIGNATURES);
  }

  /// Copies up to where signatures stand, or could, and writes `signed` there, if that lies in
  /// `[from, to)`.
  private int sign(Selected version, byte[] signed, int from, int to) throws IOException {
    VersionRow row = version.row();
    boolean there = row.has(Part.SIGNATURES);
    int start = there ? row.from(Part.SIGNATURES) : row.from(Part.DIST) + 1;
    if (start < from || start >= to) {
      return from;
    }
    out.raw(version.source().bytes(), from, start);
    if (!there) {
      // The tarball's URL always follows.
      out.ascii("\"signatures\":").raw(signed).ascii(",");
      return start;
    }
    out.raw(signed);
    return row.to(Part.SIGNATURES);
  }

  /// Copies up to `part` and writes what stands in its place, if it lies in `[from, to)`. Gives the
  /// offset from which to go on.
  private int replace(Selected version, Part part, int from, int to) throws IOException {
    VersionRow row = version.row();
    int start = row.from(part);
    if (start < from || start >= to) {
      return from;
    }
    byte[] json = version.source().bytes();
    out.raw(json, from, start);
    boolean missing = !row.has(part);
    if (missing) {
      out.ascii("\"tarball\":");
    }
    if (part == Part.TARBALL) {
      out.raw(tarballStart).ascii(row.version()).ascii(".tgz\"");
    } else {
      out.raw(attestationsStart).ascii(row.version()).raw(QUOTE);
    }
    if (missing && !isEmptyAfter(json, start)) {
      out.ascii(",");
    }
    return row.to(part);
  }

  private static boolean isEmptyAfter(byte[] json, int from) {
    int at = from;
    while (json[at] <= ' ') {
      at++;
    }
    return json[at] == '}';
  }
}
