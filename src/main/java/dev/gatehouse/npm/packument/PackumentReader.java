package dev.gatehouse.npm.packument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.gatehouse.npm.packument.PackumentIndex.Contents;
import dev.gatehouse.npm.packument.PackumentParse.Parsed;
import dev.gatehouse.npm.packument.PackumentParse.Unusable;
import dev.gatehouse.npm.packument.json.JsonCursor;
import dev.gatehouse.npm.packument.json.SeenKeys;
import dev.gatehouse.npm.packument.json.Timestamps;
import dev.gatehouse.npm.packument.json.Utf8;
import dev.gatehouse.npm.semver.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one document into an index, once and from front to back. What it keeps is bounded whatever
/// the document says: versions, tags and times are counted, names are cut.
final class PackumentReader {
  private static final int MAX_VERSIONS = 50_000;
  private static final int MAX_FIELDS = 1000;
  private static final int MAX_TAGS = 10_000;
  private static final int MAX_TIMES = 2 * MAX_VERSIONS;
  private static final int MAX_KEY = 256;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /// The document's own revision: known to the index, never handed on.
  static final String REVISION = "_rev";

  /// Who likes the package.
  static final String STARS = "users";

  /// The top-level fields that are handed on as they are.
  private static final Set<String> DETAILS =
      Set.of(
          "description",
          "readme",
          "readmeFilename",
          "maintainers",
          "author",
          "contributors",
          "repository",
          "homepage",
          "keywords",
          "license",
          "bugs",
          STARS);

  private final byte[] json;
  private final String expected;
  private final List<VersionRow> rows = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final TreeMap<String, String> tags = new TreeMap<>();
  private final Map<String, Instant> times = new HashMap<>();
  private final Map<String, PackumentIndex.Detail> details = new LinkedHashMap<>();
  private @Nullable String name;
  private @Nullable Instant modified;
  private @Nullable String fault;

  PackumentReader(byte[] json, String expected) {
    this.json = json;
    this.expected = expected;
  }

  PackumentParse read() {
    int start = startsWithMark() ? BYTE_ORDER_MARK.length : 0;
    if (firstByte(start) == '<') {
      return unusable("is not JSON but looks like a web page, such as a login or error page.");
    }
    if (!Utf8.isValid(json)) {
      return unusable("is not valid UTF-8.");
    }
    try (JsonCursor cursor = new JsonCursor(json, start, json.length)) {
      readDocument(cursor);
    } catch (StreamConstraintsException _) {
      return unusable("is nested too deeply, or has a name, number or text that is too long.");
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      return unusable("is not valid JSON (near byte " + (start + at) + ").");
    } catch (IOException _) {
      return unusable("is not valid JSON.");
    }
    return fault == null ? new Parsed(index()) : unusable(fault);
  }

  private static Unusable unusable(String predicate) {
    return new Unusable("The document " + predicate);
  }

  private boolean startsWithMark() {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (i >= json.length || json[i] != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private int firstByte(int start) {
    for (int i = start; i < json.length; i++) {
      if (json[i] > ' ') {
        return json[i];
      }
    }
    return -1;
  }

  /// Reads on after a fault: that the rest is not JSON at all is the better thing to say.
  private void readDocument(JsonCursor cursor) throws IOException {
    if (cursor.next() != JsonToken.START_OBJECT) {
      fault = "is not a JSON object.";
      return;
    }
    SeenKeys fields = new SeenKeys(MAX_FIELDS);
    for (String field = cursor.nextField(); field != null; field = cursor.nextField()) {
      if (!fields.add(field)) {
        fault = "names a field twice, or has too many fields.";
      }
      cursor.next();
      readField(field, cursor);
    }
    if (cursor.next() != null) {
      fault = "goes on after its end.";
    }
    if (fault == null && name == null) {
      fault = "does not say which package it describes.";
    } else if (fault == null && !expected.equals(name)) {
      fault = "describes another package than the one that was asked for.";
    }
  }

  private void readField(String field, JsonCursor cursor) throws IOException {
    switch (field) {
      case "name" -> name = cursor.text();
      case "modified" -> modified = Timestamps.parse(cursor.text());
      case "versions" -> readVersions(cursor);
      case "dist-tags" -> readTags(cursor);
      case "time" -> readTimes(cursor);
      default -> {
        if (DETAILS.contains(field) || field.equals(REVISION)) {
          int from = cursor.position();
          details.put(field, new PackumentIndex.Detail(from, cursor.skipToEnd()));
        }
      }
    }
    cursor.skip();
  }

  private void readVersions(JsonCursor cursor) throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      if (!cursor.at(JsonToken.VALUE_NULL)) {
        fault = "has versions that are not an object.";
      }
      return;
    }
    SeenKeys seen = new SeenKeys(MAX_VERSIONS);
    VersionReader reader = new VersionReader(cursor, expected);
    for (String key = cursor.nextField(); key != null; key = cursor.nextField()) {
      if (!seen.add(key)) {
        fault = "names a version twice, or has more than " + MAX_VERSIONS + " versions.";
        cursor.next();
        cursor.skip();
      } else {
        cursor.next();
        readVersion(key, reader);
      }
    }
  }

  private void readVersion(String key, VersionReader reader) throws IOException {
    VersionRow row = reader.read(key);
    if (!isVersion(key)) {
      dropped.add(Dropped.of(key, "Its number is not a semantic version."));
    } else if (row == null) {
      dropped.add(new Dropped(key, String.valueOf(reader.fault())));
    } else {
      rows.add(row);
    }
  }

  /// A leading `v` or white space would be forgiven elsewhere; a key is what URLs are made of.
  private static boolean isVersion(String key) {
    Version version = Version.parse(key);
    return version != null && version.toString().equals(key);
  }

  private void readTags(JsonCursor cursor) throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      return;
    }
    for (String tag = cursor.nextField(); tag != null; tag = cursor.nextField()) {
      cursor.next();
      String target = cursor.text();
      if (target != null && bounded(tag) && bounded(target) && tags.size() < MAX_TAGS) {
        tags.put(tag, target);
      }
      cursor.skip();
    }
  }

  private void readTimes(JsonCursor cursor) throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      return;
    }
    for (String key = cursor.nextField(); key != null; key = cursor.nextField()) {
      cursor.next();
      Instant time = Timestamps.parse(cursor.text());
      if (time != null && bounded(key) && times.size() < MAX_TIMES) {
        times.put(key, time);
      }
      cursor.skip();
    }
  }

  private static boolean bounded(String text) {
    return !text.isEmpty() && text.length() <= MAX_KEY;
  }

  private PackumentIndex index() {
    rows.replaceAll(row -> row.publishedAt(times.get(row.version())));
    Instant changed = times.get("modified");
    return new PackumentIndex(
        json,
        expected,
        new Contents(
            List.copyOf(rows),
            List.copyOf(dropped),
            tags,
            Collections.unmodifiableMap(details),
            times.get("created"),
            changed == null ? modified : changed));
  }
}
