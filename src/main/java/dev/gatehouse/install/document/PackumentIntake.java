package dev.gatehouse.install.document;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import java.io.IOException;
import java.nio.file.Path;

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
      case PackumentParse.Parsed(PackumentIndex index) ->
          new Usable(
              read.digest(),
              (origin, known) -> {
                indexes.remember(read.digest(), index);
                firstSeen.note(origin, index, known);
              });
    };
  }
}
