package dev.gatehouse.install.document;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.packages.DocumentRows.DocumentRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes packuments in: each is read into its index once, on arrival.
public record PackumentIntake(DocumentIndexes indexes, FirstSeen firstSeen) implements Intake {

  @Override
  public String path(String name) {
    return PackageName.parse(name).encoded();
  }

  @Override
  public Taken read(Path file, String name) throws IOException {
    DocumentIndexes.Read read = indexes.read(file, name);
    return switch (read.parse()) {
      case PackumentParse.Unusable(String sentence) -> new Unusable(sentence);
      case PackumentParse.Parsed(PackumentIndex index) -> {
        indexes.remember(read, index);
        // Not the index: there is room in memory for one document of 40 MB, and what it said until
        // now is read next.
        List<FirstSeen.Listed> versions = FirstSeen.Listed.of(index);
        yield new Usable(
            read.digest(),
            (origin, row) -> firstSeen.note(origin, name, versions, before(row, name)));
      }
    };
  }

  /// What the document said until now; null if the package was not known.
  private FirstSeen.@Nullable Before before(@Nullable DocumentRow row, String name) {
    if (row == null || row.digest() == null) {
      return null;
    }
    var key = new DocumentIndexes.Key(row.digest(), name);
    try (var lease = indexes.open(List.of(key))) {
      PackumentIndex index = lease.find(key);
      return new FirstSeen.Before(index == null ? null : byNumber(index), row.fetched());
    }
  }

  private static Map<String, FirstSeen.Listed> byNumber(PackumentIndex index) {
    return FirstSeen.Listed.of(index).stream()
        .collect(Collectors.toMap(one -> one.row().version(), one -> one));
  }
}
