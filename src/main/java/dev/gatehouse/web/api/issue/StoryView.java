package dev.gatehouse.web.api.issue;

import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Story;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Sight;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An issue with all that somebody may read of it.
///
/// @param found what scanner and policies call it, where people have other words
/// @param mayChange whether the one who asks may close and edit it
record StoryView(
    IssueView issue,
    Wording found,
    List<Place> occurrences,
    List<Event> history,
    Reach reach,
    boolean mayComment,
    boolean mayChange) {

  /// What the scanner writes names registries; whoever may not read all of them is not shown it.
  private static final Set<String> OF_REGISTRIES = Set.of("found", "gone", "fetched");

  record Wording(String title, String severity) {
    static Wording of(Finding.Text text) {
      return new Wording(text.title(), text.severity());
    }
  }

  record Place(String registry, String version, String verdict, boolean waived) {}

  record Event(@Nullable String at, String by, String what, String text) {}

  /// Who has it.
  ///
  /// @param people how many fetched it, as far as is known
  /// @param fetched the latest first; empty for those who may not know who does what
  record Reach(int people, List<Fetched> fetched) {}

  /// @param registry null if it was deleted since
  record Fetched(
      String by,
      String token,
      String address,
      @Nullable String registry,
      String version,
      @Nullable String first,
      @Nullable String last,
      long times) {}

  /// What the one who asks may do and know.
  record Rights(boolean comment, boolean change, boolean people) {}

  /// Who sees it.
  record Reader(Sight sight, Rights rights) {}

  static StoryView of(Story story, List<Download> fetched, Reader reader) {
    Map<Long, Registry> known = reader.sight().byId();
    boolean whole = reader.sight().whole();
    List<Place> places =
        story.occurrences().stream()
            .filter(one -> known.containsKey(one.registryId()))
            .map(one -> place(one, Objects.requireNonNull(known.get(one.registryId()))))
            .toList();
    List<Event> history =
        story.events().stream()
            .filter(one -> whole || !OF_REGISTRIES.contains(one.kind()))
            .map(one -> new Event(Answer.text(one.at()), one.actor(), one.kind(), one.text()))
            .toList();
    List<Download> seen =
        fetched.stream().filter(one -> whole || known.containsKey(one.registryId())).toList();
    return new StoryView(
        IssueView.of(story.issue()),
        Wording.of(story.issue().said()),
        places,
        history,
        reach(seen, known, reader.rights().people()),
        reader.rights().comment(),
        reader.rights().change());
  }

  private static Reach reach(List<Download> seen, Map<Long, Registry> known, boolean people) {
    long count = seen.stream().map(one -> one.who().actor()).distinct().count();
    return new Reach(
        (int) count, people ? seen.stream().map(one -> fetched(one, known)).toList() : List.of());
  }

  private static Place place(Occurrence one, Registry registry) {
    return new Place(registry.name(), one.version(), one.verdict(), one.waived());
  }

  private static Fetched fetched(Download one, Map<Long, Registry> known) {
    Registry registry = known.get(one.registryId());
    return new Fetched(
        one.who().actor(),
        one.who().token(),
        one.who().address(),
        registry == null ? null : registry.name(),
        one.version(),
        Answer.text(one.first()),
        Answer.text(one.last()),
        one.times());
  }
}
