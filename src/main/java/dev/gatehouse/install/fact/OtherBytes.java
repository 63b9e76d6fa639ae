package dev.gatehouse.install.fact;

import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.VersionRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which other sources have a version with other bytes: one of them is not what it says it is.
final class OtherBytes {
  private final Case subject;
  private final Map<PackumentIndex, Map<String, VersionRow>> rows = new HashMap<>();

  OtherBytes(Case subject) {
    this.subject = subject;
  }

  /// Those that declare other digests than `version` does, by what people call them.
  List<String> of(Selected version) {
    List<String> others = new ArrayList<>();
    subject
        .sources()
        .forEach((index, called) -> {
          VersionRow row = index == version.source() ? null : rows(index).get(version.version());
          if (row != null && differ(version, index, row)) {
            others.add(called);
          }
        });
    return others.stream().sorted().toList();
  }

  private Map<String, VersionRow> rows(PackumentIndex index) {
    return rows.computeIfAbsent(
        index,
        _ -> {
          Map<String, VersionRow> byVersion = new HashMap<>();
          index.versions().forEach(row -> byVersion.put(row.version(), row));
          return byVersion;
        });
  }

  /// Digests of one algorithm differ; those of two say nothing of each other.
  private static boolean differ(Selected version, PackumentIndex index, VersionRow row) {
    return differ(
            version.source().text(version.row(), Part.INTEGRITY), index.text(row, Part.INTEGRITY))
        || differ(version.source().text(version.row(), Part.SHASUM), index.text(row, Part.SHASUM));
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }
}
