package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.packument.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// A packument as it was received, and where in its bytes everything lies. Immutable; the bytes
/// must not be changed by whoever handed them in.
///
/// Every version of the document is either among [#versions] or among [#dropped].
public final class PackumentIndex {
  private static final int ROW_WEIGHT = 400;

  private final byte[] json;
  private final String name;
  private final Contents contents;

  /// The byte range of a top-level value.
  record Detail(int from, int to) {}

  /// What the reader found.
  record Contents(
      List<VersionRow> rows,
      List<Dropped> dropped,
      NavigableMap<String, String> tags,
      Map<String, Detail> details,
      @Nullable Instant created,
      @Nullable Instant modified) {}

  PackumentIndex(byte[] json, String name, Contents contents) {
    this.json = json;
    this.name = name;
    this.contents = contents;
  }

  /// Reads `json`, which should be the packument of `expectedName` (with its scope, as `@a/b`).
  public static PackumentParse parse(byte[] json, String expectedName) {
    return new PackumentReader(json, expectedName).read();
  }

  /// The package's name.
  public String name() {
    return name;
  }

  /// The usable versions in document order.
  public List<VersionRow> versions() {
    return contents.rows();
  }

  /// The row of `version`; null if the document has none that is usable.
  public @Nullable VersionRow version(String version) {
    for (VersionRow row : contents.rows()) {
      if (row.version().equals(version)) {
        return row;
      }
    }
    return null;
  }

  /// The versions that the document lists and nobody can be served.
  public List<Dropped> dropped() {
    return contents.dropped();
  }

  /// The dist-tags as the document has them, whether or not their targets are usable.
  public NavigableMap<String, String> tags() {
    return Collections.unmodifiableNavigableMap(contents.tags());
  }

  /// `time.created`, if it parses.
  public @Nullable Instant created() {
    return contents.created();
  }

  /// `time.modified`, else `modified`, if it parses.
  public @Nullable Instant modified() {
    return contents.modified();
  }

  /// The decoded text of a part of a version; null if it is absent, not a string, or longer than 64
  /// KB. [VersionRow#has] tells absent from unusable.
  public @Nullable String text(VersionRow row, Part part) {
    return row.has(part) ? JsonText.decode(json, row.from(part), row.to(part)) : null;
  }

  /// A copy of the JSON of a part of a version; null if it is absent.
  public byte @Nullable [] json(VersionRow row, Part part) {
    return row.has(part) ? Arrays.copyOfRange(json, row.from(part), row.to(part)) : null;
  }

  /// A copy of the whole version object as received.
  public byte[] json(VersionRow row) {
    return Arrays.copyOfRange(json, row.from(), row.to());
  }

  /// The JSON of a top-level field that describes the package (`description`, `readme`,
  /// `maintainers`, ..., and `_rev`); null if it is absent.
  public @Nullable String detail(String field) {
    Detail detail = contents.details().get(field);
    return detail == null
        ? null
        : new String(json, detail.from(), detail.to() - detail.from(), StandardCharsets.UTF_8);
  }

  /// The document's own `_rev`, decoded; null if it has none that is a text.
  public @Nullable String revision() {
    Detail detail = contents.details().get(PackumentReader.REVISION);
    return detail == null ? null : JsonText.decode(json, detail.from(), detail.to());
  }

  /// The index alone, to be put to the same bytes later.
  public PackumentTable table() {
    return PackumentTable.of(this);
  }

  /// Roughly how many bytes of memory this takes, document included.
  public long weight() {
    return json.length + (long) ROW_WEIGHT * (contents.rows().size() + contents.dropped().size());
  }

  byte[] bytes() {
    return json;
  }

  Map<String, Detail> details() {
    return contents.details();
  }
}
