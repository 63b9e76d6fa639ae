package dev.gatehouse.publish.change;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.publish.Revision;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.publish.Editing.Outcome;
import dev.gatehouse.publish.version.VersionDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Changes that clients ask for by sending a package's whole document back: deprecating and taking
/// back. Of the document only those differences count; what else it says is ignored.
public final class Revisions {
  private static final int LONGEST_MESSAGE = 4_000;

  private final Editing editing;
  private final Views views;

  /// Changes through `editing`; clients see what `views` show.
  public Revisions(Editing editing, Views views) {
    this.editing = editing;
    this.views = views;
  }

  /// Deprecates one version, for whoever is served it; an empty `message` takes that back.
  public Outcome deprecate(Edit edit, String version, String message) {
    Map<String, String> shown = shownDeprecations(edit);
    if (!shown.containsKey(version)) {
      throw missing(edit, version);
    }
    var versions = new Revision.Versions(shown.keySet(), Map.of(version, message));
    return editing.change(edit, draft -> deprecate(edit, draft, versions, shown));
  }

  /// Takes one version back, whatever else has changed meanwhile.
  public Outcome takeBack(Edit edit, String version) {
    return editing.change(
        edit,
        draft -> {
          HostedVersion gone = draft.holding().version(version);
          if (gone == null) {
            throw missing(edit, version);
          }
          TakingBack.take(edit, draft, List.of(gone), Map.of());
        });
  }

  private static ProblemException missing(Edit edit, String version) {
    return new ProblemException(
        new Problem.NotFound(
            "There is no version %s of %s in the registry \"%s\" that could be changed."
                .formatted(Quoted.quote(version), edit.name(), edit.registry().name())));
  }

  /// Takes over the deprecations of a document. What comes from an upstream is deprecated there.
  public Outcome deprecate(Edit edit, Revision revision) {
    Map<String, String> shown = shownDeprecations(edit);
    Revision.Versions versions = Objects.requireNonNull(revision.versions());
    return change(edit, revision, draft -> deprecate(edit, draft, versions, shown));
  }

  /// Takes back the versions that the document lacks, of those that a client could see. Its
  /// revision must be the newest, or what somebody published meanwhile would be gone too.
  public Outcome takeMissingBack(Edit edit, Revision revision, String urlRevision) {
    Revision.Versions versions = Objects.requireNonNull(revision.versions());
    Set<String> missing = new HashSet<>(shownDeprecations(edit).keySet());
    missing.removeAll(versions.present());
    if (missing.isEmpty()) {
      return deprecate(edit, revision);
    }
    return editing.change(
        edit,
        draft -> {
          List<HostedVersion> gone =
              draft.holding().versions().stream()
                  .filter(one -> missing.contains(one.version()))
                  .toList();
          if (gone.isEmpty()) {
            throw Editing.notHosted(edit);
          }
          RevisionMatch.requireExactly(edit, draft, urlRevision);
          Map<String, String> tags = revision.distTags() == null ? Map.of() : revision.distTags();
          TakingBack.take(edit, draft, gone, tags);
        });
  }

  /// Takes all hosted versions back.
  public Outcome takeAllBack(Edit edit, String revision) {
    return editing.change(
        edit,
        draft -> {
          List<HostedVersion> gone = draft.holding().versions();
          if (gone.isEmpty()) {
            throw Editing.notHosted(edit);
          }
          RevisionMatch.requireExactly(edit, draft, revision);
          TakingBack.take(edit, draft, gone, Map.of());
        });
  }

  /// Clients delete the tarball after they have sent the document without its version: that has
  /// taken it back already. A conflict if it is still there, so that nobody takes a tarball for
  /// deleted that is not.
  public void requireTakenBack(Edit edit, String version) {
    VersionEdits.Taken taken =
        editing.look(edit, (handle, packageId) -> VersionEdits.find(handle, packageId, version));
    if (taken != null && !taken.burnt()) {
      throw new ProblemException(
          new Problem.Conflict(
              "Version %s of %s is still published: unpublish it, not its tarball."
                  .formatted(version, edit.name())));
    }
  }

  private Outcome change(Edit edit, Revision revision, Consumer<Draft> step) {
    return editing.change(
        edit,
        draft -> {
          RevisionMatch.require(edit, draft, revision.revision());
          step.accept(draft);
        });
  }

  private static void deprecate(
      Edit edit, Draft draft, Revision.Versions versions, Map<String, String> shown) {
    Map<String, HostedVersion> hosted = new HashMap<>();
    draft.holding().versions().forEach(one -> hosted.put(one.version(), one));
    versions
        .deprecations()
        .forEach((version, message) -> {
          HostedVersion own = hosted.get(version);
          if (own != null) {
            deprecate(draft, own, message);
          } else if (!message.equals(shown.getOrDefault(version, message))) {
            throw new ProblemException(
                new Problem.Forbidden(
                    "Version %s of %s comes from an upstream: it can only be deprecated there."
                        .formatted(version, edit.name())));
          }
        });
  }

  private static void deprecate(Draft draft, HostedVersion version, String wanted) {
    String message = wanted.replace("\0", "").strip();
    if (message.length() > LONGEST_MESSAGE) {
      throw new ProblemException(
          new Problem.TooLarge(
              "A deprecation has at most %d characters.".formatted(LONGEST_MESSAGE)));
    }
    if (message.equals(Objects.requireNonNullElse(version.deprecated(), ""))) {
      return;
    }
    @Nullable String stored = message.isEmpty() ? null : message;
    VersionEdits.deprecate(
        draft.handle(),
        draft.id(),
        version.version(),
        stored,
        VersionDocument.deprecated(version.manifest(), stored));
    draft.note(
        stored == null ? "version.undeprecate" : "version.deprecate",
        "@" + version.version(),
        Draft.details().put("message", message));
  }

  /// What a client sees: each version with its deprecation, or with "". Not found if there is
  /// nothing to see.
  private Map<String, String> shownDeprecations(Edit edit) {
    return switch (views.find(edit.registry(), edit.name().value(), Ask.USUAL)) {
      case Found.Versions found when !found.view().versions().isEmpty() -> {
        Map<String, String> shown = new HashMap<>();
        for (Selected one : found.view().versions()) {
          String message = one.source().text(one.row(), Part.DEPRECATED);
          shown.put(one.version(), Objects.requireNonNullElse(message, ""));
        }
        yield shown;
      }
      case Found.Versions _, Found.Nothing _ ->
          throw new ProblemException(
              new Problem.NotFound(
                  "There is no package %s in the registry \"%s\"."
                      .formatted(edit.name(), edit.registry().name())));
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
    };
  }
}
