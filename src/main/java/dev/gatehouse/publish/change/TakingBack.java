package dev.gatehouse.publish.change;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.packument.merge.TagRepair;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.PackageEdits;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Takes versions back inside of a change. Their numbers stay taken, their bytes stay in the store
/// until it is swept: somebody may be publishing the same at this moment.
final class TakingBack {
  private TakingBack() {}

  /// Takes `gone` back, all of them hosted, if whoever does it may: their own, or anybody's. Tags
  /// that named them move to where `tags` says, if that is still there; others go away, and
  /// `latest` moves down.
  static void take(Edit edit, Draft draft, List<HostedVersion> gone, Map<String, String> tags) {
    boolean own = gone.stream().allMatch(one -> one.publisher().equals(edit.account()));
    edit.require(own ? Right.UNPUBLISH_OWN : Right.UNPUBLISH_ANY);
    for (HostedVersion version : gone) {
      VersionEdits.burn(draft.handle(), draft.id(), version, draft.now());
      draft.note(
          "version.unpublish",
          "@" + version.version(),
          Draft.details().put("integrity", version.integrity()));
    }
    repairTags(draft, gone, tags);
  }

  private static void repairTags(Draft draft, List<HostedVersion> gone, Map<String, String> tags) {
    Set<String> removed = gone.stream().map(HostedVersion::version).collect(Collectors.toSet());
    Holding left = draft.holding();
    Set<String> served =
        left.versions().stream().map(HostedVersion::version).collect(Collectors.toSet());
    Map<String, String> repaired = TagRepair.repair(left.tags(), served);
    left.tags()
        .forEach((tag, version) -> {
          if (removed.contains(version)) {
            PackageEdits.untag(draft.handle(), draft.id(), tag);
            String wanted = tags.get(tag);
            if (wanted != null && served.contains(wanted)) {
              PackageEdits.tag(draft.handle(), draft.id(), tag, wanted);
            } else if (tag.equals(TagName.LATEST.value()) && repaired.get(tag) != null) {
              PackageEdits.tag(draft.handle(), draft.id(), tag, repaired.get(tag));
            }
          }
        });
    if (left.versions().isEmpty()) {
      draft.hosted(draft.hosted().withDetails("{}"));
    }
  }
}
