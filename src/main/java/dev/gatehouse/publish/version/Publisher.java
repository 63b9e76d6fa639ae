package dev.gatehouse.publish.version;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.notify.hook.Outbox;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.packages.HostedPackage;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.PackageEdits;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.VersionEdits;
import dev.gatehouse.packages.VersionEdits.Taken;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.signing.SigningKey;
import dev.gatehouse.registries.signing.SigningKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Publishes versions. The bytes are in the store and synced before the transaction that names them
/// begins; when it has committed, the version is there for good and for everyone.
public final class Publisher {
  private final Editing editing;
  private final Parts parts;
  private final PublishSettings settings;
  private final Clock clock;
  private final Room room = new Room();

  /// What publishing needs besides the change itself.
  public record Parts(Blobs blobs, Views views, SigningKeys signing, Webhooks webhooks) {}

  /// Publishes through `editing`.
  public Publisher(Editing editing, Parts parts, PublishSettings settings, Clock clock) {
    this.editing = editing;
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
  }

  /// Publishes what was sent; the caller closes it. The same bytes by the same publisher once more
  /// change nothing and are no error, as clients repeat what got no answer. Other bytes for a
  /// number that was ever used are a conflict, unless the registry allows overwriting.
  public Editing.Outcome publish(Edit edit, Publication publication) throws IOException {
    return publish(edit, publication, null);
  }

  /// As [#publish(Edit, Publication)], of a version that was made from another by changing its
  /// number: `derivedFrom` is `registry:name@version`, or null.
  public Editing.Outcome publish(Edit edit, Publication publication, @Nullable String derivedFrom)
      throws IOException {
    edit.requireNotArchived();
    SigningKey key = parts.signing().current();
    Arrival arrival =
        Arrival.of(
                publication,
                edit.by().account(),
                settings.tarball(),
                new Arrival.Stamp(clock.millis(), key))
            .derivedFrom(derivedFrom);
    if (isFree(edit, arrival.version())) {
      requireNotServed(edit, arrival.version());
    }
    boolean mixed = parts.views().isKnownOutside(edit.registry(), edit.name().value());
    parts.blobs().keep(publication.tarball().path(), arrival.version().digest());
    var step = new Step(publication, arrival, mixed, room.claim());
    Editing.Outcome outcome =
        editing.open(
            edit, draft -> insert(edit, draft, step.signedIn(draft, parts.signing(), key)));
    step.claim().settle(outcome);
    return outcome;
  }

  /// @param mixed whether an upstream that is not internal has the name too
  private record Step(Publication publication, Arrival arrival, boolean mixed, Room.Claim claim) {
    HostedVersion version() {
      return arrival.version();
    }

    /// This step, signed anew if somebody has rotated the keys since `key` signed it: a version
    /// that is published after its key expired verifies nowhere.
    Step signedIn(Draft draft, SigningKeys keys, SigningKey key) {
      SigningKey now = keys.confirmed(draft.handle(), key);
      return now == key ? this : new Step(publication, arrival.signedBy(now), mixed, claim);
    }
  }

  private void insert(Edit edit, Draft draft, Step step) {
    HostedVersion version = step.version();
    Taken taken = VersionEdits.find(draft.handle(), draft.id(), version.version());
    if (taken != null && isSame(taken, version) && !taken.burnt()) {
      return;
    }
    requireFree(edit, taken, version);
    if (!VersionEdits.any(draft.handle(), draft.id())) {
      draft.hosted(draft.hosted().withInternal(draft.hosted().internal() || !step.mixed()));
    }
    boolean replaces = taken != null && !taken.burnt();
    if (replaces) {
      VersionEdits.remove(draft.handle(), draft.id(), version.version());
      step.claim().recount();
    }
    step.claim().take(edit, draft, version);
    VersionEdits.add(draft.handle(), draft.id(), version);
    list(edit, draft, step);
    draft.note(
        replaces ? "version.overwrite" : "version.publish",
        "@" + version.version(),
        Draft.details()
            .put("integrity", version.integrity())
            .put("tags", String.join(" ", step.publication().listing().distTags().keySet())));
    Forwards.queue(draft, edit.registry(), step.publication());
    tell(edit, draft, step, replaces);
  }

  /// Where nobody listens, which is known in memory, this costs nothing.
  private void tell(Edit edit, Draft draft, Step step, boolean replaces) {
    Registry registry = edit.registry();
    if (parts.webhooks().isHeard(registry.workspace().id())) {
      var published =
          new Event.Published(
              new Place(registry.id(), registry.name(), step.version().version()),
              edit.name().value(),
              edit.actor().label(),
              List.copyOf(step.publication().listing().distTags().keySet()),
              replaces);
      Outbox.tell(
          draft.handle(), registry.workspace().id(), published, Instant.ofEpochMilli(draft.now()));
    }
  }

  private static void list(Edit edit, Draft draft, Step step) {
    Publication.Listing listing = step.publication().listing();
    Map<String, String> tags = listing.distTags();
    tags.forEach((tag, version) -> PackageEdits.tag(draft.handle(), draft.id(), tag, version));
    HostedPackage hosted = draft.hosted();
    if (tags.containsKey("latest") || hosted.details().equals("{}")) {
      hosted = hosted.withDetails(step.arrival().details());
    }
    if (listing.access() != null) {
      hosted = hosted.withAccess(listing.access());
    }
    draft.hosted(hosted);
    if (Packages.owners(draft.handle(), draft.id()).isEmpty()) {
      PackageEdits.addOwner(draft.handle(), draft.id(), edit.account());
    }
  }

  /// Whether the number is not in use here. Looked at once before the bytes are stored, so that
  /// what is refused leaves nothing there.
  private boolean isFree(Edit edit, HostedVersion version) {
    Taken taken =
        editing.look(
            edit, (handle, packageId) -> VersionEdits.find(handle, packageId, version.version()));
    requireFree(edit, taken, version);
    return taken == null || taken.burnt();
  }

  private static boolean isSame(Taken taken, HostedVersion version) {
    return taken.digest().equals(version.digest()) && taken.publisher().equals(version.publisher());
  }

  private static void requireFree(Edit edit, @Nullable Taken taken, HostedVersion version) {
    if (taken == null || isSame(taken, version) || edit.registry().settings().overwriting()) {
      return;
    }
    String what =
        taken.burnt()
            ? "was published here and taken back; its number stays taken"
            : "is published here already";
    throw conflict(edit, version, what);
  }

  /// What an upstream's version is to those who have installed it, nothing here may become. Who was
  /// never asked for the name is not asked now.
  private void requireNotServed(Edit edit, HostedVersion version) {
    String name = edit.name().value();
    Views views = parts.views();
    boolean known =
        views.isInternal(edit.registry(), name) || views.isKnownOutside(edit.registry(), name);
    if (!known || edit.registry().settings().overwriting()) {
      return;
    }
    if (views.findElsewhere(edit.registry(), name, Ask.USUAL) instanceof Found.Versions found) {
      Selected served = found.all().candidate(version.version());
      if (served != null
          && found.origin(served) != null
          && !version.integrity().equals(served.source().text(served.row(), Part.INTEGRITY))) {
        throw conflict(edit, version, "comes from an upstream of this registry with other bytes");
      }
    }
  }

  private static ProblemException conflict(Edit edit, HostedVersion version, String what) {
    return new ProblemException(
        new Problem.Conflict(
            "Version %s of %s %s, and a version never changes: publish it under a new number."
                .formatted(version.version(), edit.name(), what)));
  }
}
