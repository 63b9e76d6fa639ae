package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.install.judge.Rulings;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.install.signature.Receipts;
import dev.gatehouse.install.signature.SignatureChecks;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.Signatures;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import dev.gatehouse.policy.judge.Rules;
import dev.gatehouse.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a registry has under a name.
public sealed interface Found {

  /// What a registry shows beside versions: its `_rev`, what is its own, and its signatures over
  /// what came unsigned.
  record Face(String revision, PackumentView.Own own, Receipts receipts) {}

  /// It has versions, or had some. Each is judged when somebody asks for it: all of them for a
  /// packument, one for a tarball.
  final class Versions implements Found {
    private final MergedPackument all;
    private final Map<PackumentIndex, Place> places;
    private final Rulings rulings;
    private final Face face;
    private final Problem.@Nullable UpstreamFailed doubt;
    private @Nullable PackumentView view;

    Versions(
        MergedPackument all,
        Map<PackumentIndex, Place> places,
        Rulings rulings,
        Face face,
        Problem.@Nullable UpstreamFailed doubt) {
      this.all = all;
      this.places = places;
      this.rulings = rulings;
      this.face = face;
      this.doubt = doubt;
    }

    /// The same before other rules of one registry.
    public Versions under(long registryId, Rules other) {
      return new Versions(all, places, rulings.under(registryId, other), face, doubt);
    }

    /// The same, judged again after more was found out.
    public Versions anew() {
      return new Versions(all, places, rulings.anew(), face, doubt);
    }

    /// Everything that exists, withheld or not.
    public MergedPackument all() {
      return all;
    }

    /// What is served. Not for several threads at once.
    public PackumentView view() {
      if (view == null) {
        view = all.serving(one -> rulings.of(one).isServed(), face.revision()).with(face.own());
      }
      return view;
    }

    /// The version called `version` if it is served, else null.
    public @Nullable Selected version(String version) {
      Selected candidate = all.candidate(version);
      return candidate == null || !rulings.of(candidate).isServed() ? null : candidate;
    }

    /// Our signatures for those of `served` that came unsigned from sources without keys.
    public Signatures signatures(List<Selected> served) {
      Map<Selected, Origin> unsigned = new LinkedHashMap<>();
      for (Selected one : served) {
        Place place = places.get(one.source());
        if (place != null
            && place.keys() instanceof KeyState.None
            && SignatureChecks.isUnsigned(one)) {
          unsigned.put(one, place.origin());
        }
      }
      return unsigned.isEmpty() ? Signatures.NONE : face.receipts().of(unsigned);
    }

    /// What the policies say of a version.
    public Ruling ruling(Selected version) {
      return rulings.of(version);
    }

    /// What the policies say of all of them.
    public Rulings rulings() {
      return rulings;
    }

    /// Where `version` came from, or null if it is hosted here.
    public @Nullable Place place(Selected version) {
      return places.get(version.source());
    }

    /// The upstream that `version` came from, or null if it is hosted here.
    public @Nullable Origin origin(Selected version) {
      Place place = place(version);
      return place == null ? null : place.origin();
    }

    /// Why what is not here may exist nevertheless, or null.
    public Problem.@Nullable UpstreamFailed doubt() {
      return doubt;
    }
  }

  /// Everyone who may be asked said that there is no such name.
  record Nothing() implements Found {}

  /// Someone who had to be asked failed.
  record Unknown(Problem.UpstreamFailed problem) implements Found {}
}
