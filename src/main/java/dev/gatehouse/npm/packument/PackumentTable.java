package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.packument.PackumentIndex.Contents;
import dev.gatehouse.npm.packument.PackumentIndex.Detail;
import dev.gatehouse.npm.packument.VersionRow.Marks;
import dev.gatehouse.npm.packument.VersionRow.Ranges;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The index of a document without the document: some 100 bytes for each version. Whoever has the
/// very same bytes at hand again gets the index of them without reading them, which takes some
/// hundredth of the time. It lives in memory only, so its shape may change freely.
@SuppressWarnings("EnumOrdinal") // lives in memory only, never stored
public final class PackumentTable {
  private static final int SCRIPTED = 1;
  private static final int DEPRECATED = 2;

  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  private static final Part[] PARTS = Part.values();

  private final String name;
  private final int length;
  private final byte[] table;

  private PackumentTable(String name, int length, byte[] table) {
    this.name = name;
    this.length = length;
    this.table = table;
  }

  static PackumentTable of(PackumentIndex index) {
    var out = new Out();
    out.list(index.versions(), row -> write(row, out));
    out.list(
        index.dropped(),
        dropped -> {
          out.text(dropped.version());
          out.text(dropped.reason());
        });
    out.list(
        List.copyOf(index.tags().entrySet()),
        tag -> {
          out.text(tag.getKey());
          out.text(tag.getValue());
        });
    out.list(
        List.copyOf(index.details().entrySet()),
        detail -> {
          out.text(detail.getKey());
          out.range(0, detail.getValue().from(), detail.getValue().to());
        });
    out.time(index.created());
    out.time(index.modified());
    return new PackumentTable(index.name(), index.bytes().length, out.toByteArray());
  }

  /// The index of `json`, which must be the document that this table was made of.
  public PackumentIndex with(byte[] json) {
    if (json.length != length) {
      throw new IllegalArgumentException("This is the table of another document.");
    }
    var in = new In(table);
    List<VersionRow> rows = new ArrayList<>();
    in.list(() -> rows.add(row(in)));
    List<Dropped> dropped = new ArrayList<>();
    in.list(() -> dropped.add(new Dropped(in.text(), in.text())));
    var tags = new TreeMap<String, String>();
    in.list(() -> tags.put(in.text(), in.text()));
    Map<String, Detail> details = new LinkedHashMap<>();
    in.list(() -> {
      String field = in.text();
      int from = in.number();
      details.put(field, new Detail(from, from + in.number()));
    });
    return new PackumentIndex(
        json,
        name,
        new Contents(
            Collections.unmodifiableList(rows),
            Collections.unmodifiableList(dropped),
            tags,
            Collections.unmodifiableMap(details),
            in.time(),
            in.time()));
  }

  /// How many bytes of memory this takes.
  public int weight() {
    return table.length;
  }

  private static void write(VersionRow row, Out out) {
    out.text(row.version());
    out.range(0, row.from(), row.to());
    out.number((row.hasInstallScript() ? SCRIPTED : 0) | (row.deprecated() ? DEPRECATED : 0));
    out.time(row.published());
    int present = 0;
    for (Part part : PARTS) {
      present |= row.from(part) < 0 ? 0 : 1 << part.ordinal();
    }
    out.number(present);
    for (Part part : PARTS) {
      if (row.from(part) >= 0) {
        out.range(row.from(), row.from(part), row.to(part));
      }
    }
    out.number(row.kept().length);
    int before = row.from();
    for (int offset : row.kept()) {
      out.number(offset - before);
      before = offset;
    }
  }

  private static VersionRow row(In in) {
    String version = in.text();
    int from = in.number();
    int to = from + in.number();
    int marks = in.number();
    Instant published = in.time();
    int present = in.number();
    var parts = new PartRanges();
    for (Part part : PARTS) {
      if ((present & (1 << part.ordinal())) != 0) {
        int start = from + in.number();
        parts.put(part, start, start + in.number());
      }
    }
    int[] kept = new int[in.number()];
    int before = from;
    for (int i = 0; i < kept.length; i++) {
      before += in.number();
      kept[i] = before;
    }
    return new VersionRow(
        version,
        published,
        new Ranges(from, to, parts, kept),
        new Marks((marks & SCRIPTED) != 0, (marks & DEPRECATED) != 0));
  }

  /// Numbers are not negative and take a byte for each seven bits.
  private static final class Out extends ByteArrayOutputStream {
    <T> void list(List<T> items, Consumer<T> writer) {
      number(items.size());
      items.forEach(writer);
    }

    void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      writeBytes(bytes);
    }

    void range(int base, int from, int to) {
      number(from - base);
      number(to - from);
    }

    void time(@Nullable Instant time) {
      number(time == null ? 0 : 1);
      if (time != null) {
        long seconds = time.getEpochSecond();
        number((seconds << 1) ^ (seconds >> (Long.SIZE - 1)));
        number(time.getNano());
      }
    }

    void number(long number) {
      if (number < 0) {
        throw new IllegalArgumentException("A place lies before what it is counted from.");
      }
      long left = number;
      while (left > SEVEN_BITS) {
        write(((int) left & SEVEN_BITS) | MORE);
        left >>>= Byte.SIZE - 1;
      }
      write((int) left);
    }
  }

  private static final class In {
    private final byte[] bytes;
    private int at;

    In(byte[] bytes) {
      this.bytes = bytes;
    }

    void list(Runnable reader) {
      for (int left = number(); left > 0; left--) {
        reader.run();
      }
    }

    String text() {
      int length = number();
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    @Nullable Instant time() {
      if (number() == 0) {
        return null;
      }
      long seconds = longNumber();
      return Instant.ofEpochSecond((seconds >>> 1) ^ -(seconds & 1), number());
    }

    int number() {
      return (int) longNumber();
    }

    long longNumber() {
      long number = 0;
      int shift = 0;
      while (bytes[at] < 0) {
        number |= (long) (bytes[at++] & SEVEN_BITS) << shift;
        shift += Byte.SIZE - 1;
      }
      return number | ((long) bytes[at++] << shift);
    }
  }
}
