package dev.gatehouse.install.document;

import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.upstream.DocumentQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is particular to one kind of document that upstreams have.
public interface Intake {

  /// Where the document called `name` lies: percent-encoded, below the upstream's base.
  String path(String name);

  /// The statuses by which an upstream says that it has no such document.
  default Set<Integer> absent() {
    return DocumentQuestion.ABSENT;
  }

  /// Outdates the answers that were made from the document called `name`.
  default void outdate(Stamps stamps, String name) {
    stamps.outdate(name);
  }

  /// Looks at the document called `name` that was received into `file`.
  Taken read(Path file, String name) throws IOException;

  /// What came of looking at a document.
  sealed interface Taken {}

  /// It is what it should be.
  ///
  /// @param digest SHA-256 of its bytes, in hex
  /// @param kept is told when the bytes are in the store
  record Usable(String digest, Kept kept) implements Taken {}

  /// It is not; `sentence` says why and may be shown.
  record Unusable(String sentence) implements Taken {}

  /// What else is to be done with a document.
  @FunctionalInterface
  interface Kept {
    /// The document of `origin` is kept; `before` is what the origin said of the name until now,
    /// null if it was never asked.
    void from(Origin origin, @Nullable DocumentRow before);
  }
}
