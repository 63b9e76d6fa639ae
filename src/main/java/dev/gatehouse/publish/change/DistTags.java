package dev.gatehouse.publish.change;

import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.packages.PackageEdits;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.registries.Registry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tags of packages. A registry keeps tags of its own, also on packages that come from
/// upstreams; they win over the upstream's.
public final class DistTags {
  private final Editing editing;
  private final Views views;

  /// Tags as `views` show them, changed through `editing`.
  public DistTags(Editing editing, Views views) {
    this.editing = editing;
    this.views = views;
  }

  /// The tags as the packument shows them; not found if there is no such package.
  public SortedMap<String, String> list(Registry registry, String name) {
    return new TreeMap<>(found(registry, name, Ask.USUAL).view().tags());
  }

  /// Lets `tag` name `version`, which must be one that the registry serves.
  public void set(Edit edit, String tag, String version) {
    TagName.parse(tag);
    edit.requireNotArchived();
    requireServed(edit, version);
    editing.open(
        edit,
        draft -> {
          String before = PackageEdits.tag(draft.handle(), draft.id(), tag, version);
          if (!version.equals(before)) {
            draft.note(
                "tag.set",
                "",
                Draft.details().put("tag", tag).put("version", version).put("before", before));
          }
        });
  }

  /// Removes a tag that this registry keeps. `latest` stays where anything is published, and an
  /// upstream's tags are the upstream's.
  public void remove(Edit edit, String tag) {
    Map<String, String> shown = list(edit.registry(), edit.name().value());
    if (!shown.containsKey(tag)) {
      throw new ProblemException(
          new Problem.NotFound("%s has no tag %s.".formatted(edit.name(), Quoted.quote(tag))));
    }
    editing.change(
        edit,
        draft -> {
          if (tag.equals(TagName.LATEST.value()) && !draft.holding().versions().isEmpty()) {
            throw new ProblemException(
                new Problem.Forbidden(
                    "The tag latest of %s cannot be removed: let it name another version instead."
                        .formatted(edit.name())));
          }
          String before = PackageEdits.untag(draft.handle(), draft.id(), tag);
          if (before == null) {
            throw new ProblemException(
                new Problem.Forbidden(
                    "The tag %s of %s comes from an upstream and cannot be removed here."
                        .formatted(Quoted.quote(tag), edit.name())));
          }
          draft.note("tag.remove", "", Draft.details().put("tag", tag).put("before", before));
        });
  }

  private void requireServed(Edit edit, String version) {
    String name = edit.name().value();
    if (found(edit.registry(), name, Ask.USUAL).version(version) == null
        && found(edit.registry(), name, Ask.USUAL.asNewest()).version(version) == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no version %s of %s here that a tag could name."
                  .formatted(Quoted.quote(version), edit.name())));
    }
  }

  private Found.Versions found(Registry registry, String name, Ask ask) {
    return switch (views.find(registry, name, ask)) {
      case Found.Versions found when !found.view().versions().isEmpty() -> found;
      case Found.Versions _, Found.Nothing _ ->
          throw new ProblemException(
              new Problem.NotFound(
                  "There is no package %s in the registry \"%s\"."
                      .formatted(name, registry.name())));
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
    };
  }
}
