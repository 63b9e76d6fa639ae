package dev.gatehouse.npm.packument;

import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.npm.InstallScripts;
import dev.gatehouse.npm.packument.VersionRow.Marks;
import dev.gatehouse.npm.packument.VersionRow.Ranges;
import dev.gatehouse.npm.packument.json.JsonCursor;
import dev.gatehouse.npm.packument.json.SeenKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads version objects, one after the other, into rows. An instance is for one document.
///
/// A version that two readers could understand differently is dropped with a reason: what is judged
/// here must be what the client sees.
final class VersionReader {
  private static final int MAX_FIELDS = 2000;

  /// The fields of the abbreviated form, after npm's own list (registry documentation,
  /// "package-metadata"), with `libc` and the other spelling of `bundleDependencies` that clients
  /// read as well. `hasInstallScript` is written anew and so is not among them.
  static final Set<String> ABBREVIATED =
      Set.of(
          "name",
          "version",
          "deprecated",
          "dependencies",
          "acceptDependencies",
          "optionalDependencies",
          "devDependencies",
          "bundleDependencies",
          "bundledDependencies",
          "peerDependencies",
          "peerDependenciesMeta",
          "bin",
          "directories",
          "dist",
          "engines",
          "_hasShrinkwrap",
          "funding",
          "cpu",
          "os",
          "libc");

  private final JsonCursor cursor;
  private final String packageName;
  private final SeenKeys fields = new SeenKeys(MAX_FIELDS);
  private final SeenKeys nested = new SeenKeys(MAX_FIELDS);

  private String version = "";
  private @Nullable String fault;
  private PartRanges parts = new PartRanges();
  private int[] kept = new int[0];
  private int keptUsed;
  private boolean previousKept;
  private boolean named;
  private boolean numbered;
  private boolean scripted;
  private boolean deprecated;

  /// A reader of versions of `packageName` from where `cursor` stands.
  VersionReader(JsonCursor cursor, String packageName) {
    this.cursor = cursor;
    this.packageName = packageName;
  }

  /// Reads the value that the cursor stands on as the version object of `key`, to its end. [#fault]
  /// then tells whether the row may be used.
  @Nullable VersionRow read(String key) throws IOException {
    reset(key);
    if (!cursor.at(JsonToken.START_OBJECT)) {
      fault = "Its entry is not an object.";
      cursor.skip();
      return null;
    }
    int from = cursor.position();
    for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
      if (!fields.add(field)) {
        fault = "Its object names a field twice, or has too many fields.";
      }
      readField(field);
    }
    requireWhole();
    if (fault != null) {
      return null;
    }
    Ranges ranges = new Ranges(from, cursor.position() + 1, parts, Arrays.copyOf(kept, keptUsed));
    return new VersionRow(version, null, ranges, new Marks(scripted, deprecated));
  }

  /// Why the version read last cannot be served; null if it can.
  @Nullable String fault() {
    return fault;
  }

  private void reset(String key) {
    version = key;
    fault = null;
    fields.clear();
    parts = new PartRanges();
    kept = new int[2 * ABBREVIATED.size()];
    keptUsed = 0;
    previousKept = false;
    named = false;
    numbered = false;
    scripted = false;
    deprecated = false;
  }

  private void requireWhole() {
    if (fault == null && !named) {
      fault = "Its object does not name the package that was asked for.";
    } else if (fault == null && !numbered) {
      fault = "Its object names another version.";
    } else if (fault == null && parts.lacks(Part.DIST)) {
      fault = "It has no dist object.";
    }
  }

  private void readField(String field) throws IOException {
    boolean keep = ABBREVIATED.contains(field);
    int from = keep ? cursor.position() : 0;
    cursor.next();
    switch (field) {
      case "name" -> named = packageName.equals(cursor.text());
      case "version" -> numbered = version.equals(cursor.text());
      case "hasInstallScript", "gypfile" -> scripted |= cursor.at(JsonToken.VALUE_TRUE);
      case "deprecated" -> deprecated = cursor.truthy();
      default -> {}
    }
    int to =
        switch (field) {
          case "dist" -> part(Part.DIST, this::readDist);
          case "scripts" -> part(Part.SCRIPTS, this::readScripts);
          case "license" -> part(Part.LICENSE, cursor::skipToEnd);
          case "licence", "lisence" -> misspelt(Part.LICENSE);
          case "licenses" -> part(Part.LICENSES, cursor::skipToEnd);
          case "dependencies" -> part(Part.DEPENDENCIES, cursor::skipToEnd);
          case "optionalDependencies" -> part(Part.OPTIONAL_DEPENDENCIES, cursor::skipToEnd);
          case "peerDependencies" -> part(Part.PEER_DEPENDENCIES, cursor::skipToEnd);
          case "_npmUser" -> part(Part.PUBLISHER, cursor::skipToEnd);
          case "bin" -> part(Part.BIN, cursor::skipToEnd);
          case "deprecated" -> part(Part.DEPRECATED, cursor::skipToEnd);
          default -> keep ? cursor.skipToEnd() : skip();
        };
    if (keep) {
      keep(from, to);
    }
    previousKept = keep;
  }

  /// The right name counts if both are there, in whatever order.
  private int misspelt(Part part) throws IOException {
    return parts.lacks(part) ? part(part, cursor::skipToEnd) : cursor.skipToEnd();
  }

  private int skip() throws IOException {
    cursor.skip();
    return -1;
  }

  /// Adds a field to the abbreviated form; neighbours become one run with the comma between them. A
  /// field named twice could overflow the runs, and its version is dropped anyway.
  private void keep(int from, int to) {
    if (previousKept) {
      kept[keptUsed - 1] = to;
    } else if (keptUsed < kept.length) {
      kept[keptUsed++] = from;
      kept[keptUsed++] = to;
    }
  }

  private int readDist() throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      fault = "Its dist is not an object.";
      return cursor.skipToEnd();
    }
    int inside = cursor.position() + 1;
    readObject(this::readDistField);
    if (parts.lacks(Part.TARBALL)) {
      parts.put(Part.TARBALL, inside, inside);
    }
    return cursor.position() + 1;
  }

  private void readDistField(String field) throws IOException {
    switch (field) {
      case "tarball" -> part(Part.TARBALL, cursor::skipToEnd);
      case "integrity" -> part(Part.INTEGRITY, cursor::skipToEnd);
      case "shasum" -> part(Part.SHASUM, cursor::skipToEnd);
      case "signatures" -> part(Part.SIGNATURES, cursor::skipToEnd);
      case "attestations" -> part(Part.ATTESTATIONS, this::readAttestations);
      default -> cursor.skip();
    }
  }

  private int readAttestations() throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      return cursor.skipToEnd();
    }
    int urls = 0;
    for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
      cursor.next();
      if (field.equals("url")) {
        urls++;
        part(Part.ATTESTATIONS_URL, cursor::skipToEnd);
      } else {
        cursor.skip();
      }
    }
    if (urls > 1) {
      fault = "Its attestations name a field twice.";
    }
    return cursor.position() + 1;
  }

  private int readScripts() throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      return cursor.skipToEnd();
    }
    readObject(script -> {
      scripted |= InstallScripts.NAMES.contains(script) && cursor.truthy();
      cursor.skip();
    });
    return cursor.position() + 1;
  }

  private void readObject(FieldReader reader) throws IOException {
    nested.clear();
    for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
      if (!nested.add(field)) {
        fault = "Its dist or scripts name a field twice, or have too many fields.";
      }
      cursor.next();
      reader.read(field);
    }
  }

  /// Reads a value with `reader`, which gives the offset after it, and notes where it lies.
  private int part(Part part, ValueReader reader) throws IOException {
    int from = cursor.position();
    int to = reader.read();
    parts.put(part, from, to);
    return to;
  }

  @FunctionalInterface
  private interface FieldReader {
    void read(String field) throws IOException;
  }

  @FunctionalInterface
  private interface ValueReader {
    int read() throws IOException;
  }
}
