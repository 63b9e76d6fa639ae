package dev.gatehouse.publish.change;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a client has seen the package as it is now.
final class RevisionMatch {
  private static final Pattern REVISION = Pattern.compile("[0-9]+-[0-9a-f]+");

  private RevisionMatch() {}

  /// Refuses a client that has seen another revision. One that names none, as some do, is let
  /// through: it asks for something that does not depend on the rest.
  static void require(Edit edit, Draft draft, @Nullable String revision) {
    if (revision != null && REVISION.matcher(revision).matches()) {
      requireExactly(edit, draft, revision);
    }
  }

  /// As [#require], but naming none is refused too: what would be taken back is told by what is
  /// missing.
  static void requireExactly(Edit edit, Draft draft, @Nullable String revision) {
    if (!draft.hosted().rev().equals(revision)) {
      throw new ProblemException(
          new Problem.Conflict(
              "%s was changed by someone else in the meantime: look at it and try again."
                  .formatted(edit.name())));
    }
  }
}
