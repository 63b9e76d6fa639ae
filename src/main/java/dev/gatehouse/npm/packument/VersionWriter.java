package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.packument.json.JsonOut;
import java.io.IOException;
import java.util.Arrays;

/// Writes version objects by copying their bytes, except for the two URLs that must point here.
final class VersionWriter {
  private static final byte[] QUOTE = {'"'};

  private final JsonOut out;
  private final byte[] tarballStart;
  private final byte[] attestationsStart;

  /// A writer of versions of `name` as a registry at `registryUrl` serves them.
  VersionWriter(JsonOut out, String name, String registryUrl) {
    this.out = out;
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

  /// Copies `[from, to)` of the document with the URLs in it replaced.
  private void copy(Selected version, int from, int to) throws IOException {
    VersionRow row = version.row();
    boolean inOrder = row.from(Part.TARBALL) < row.from(Part.ATTESTATIONS_URL);
    Part first = inOrder ? Part.TARBALL : Part.ATTESTATIONS_URL;
    Part second = inOrder ? Part.ATTESTATIONS_URL : Part.TARBALL;
    int at = replace(version, first, from, to);
    at = replace(version, second, at, to);
    out.raw(version.source().bytes(), at, to);
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
