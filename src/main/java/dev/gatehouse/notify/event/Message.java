package dev.gatehouse.notify.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An event as people read it, of plain text: one line without control characters and without what
/// makes letters run backwards. Names and reasons are strangers' words; whoever writes them into a
/// format with signs of its own escapes them there.
public record Message(String title, List<Fact> facts) {
  private static final int LONGEST = 300;
  private static final int LISTED = 5;

  /// Keeps its own copy.
  public Message {
    title = plain(title);
    facts = List.copyOf(facts);
  }

  /// A line below the title.
  public record Fact(String label, String value) {
    /// Makes the value plain.
    public Fact {
      value = plain(value);
    }
  }

  /// What to say of `event`.
  public static Message of(Event event) {
    return switch (event) {
      case Event.Published(Place at, String name, String by, List<String> tags, boolean again) ->
          new Message(
              "%s@%s was %s in %s"
                  .formatted(
                      name, at.version(), again ? "overwritten" : "published", at.registry()),
              facts("By", by, "Tags", String.join(", ", tags)));
      case Event.Quarantined(List<Place> places, String name, String reason, String by) ->
          new Message(
              "%s is in quarantine".formatted(named(name, places)),
              facts("Where", where(places), "Reason", reason, "By", by));
      case Event.IssueOpened(Event.Subject subject, List<Place> places, boolean again) ->
          new Message(
              "Issue #%d about %s was %s"
                  .formatted(subject.number(), subject.name(), again ? "reopened" : "opened"),
              about(subject, places));
      case Event.MalwareFound found -> of(found);
      case Event.WaiverAsked(Event.Waiver waiver, String by) ->
          new Message(
              "A waiver was asked for: %s@%s in %s"
                  .formatted(waiver.name(), waiver.place().version(), waiver.place().registry()),
              waived(waiver, "By", by));
      case Event.WaiverDecided(Event.Waiver waiver, String state, String _, String by) ->
          new Message(
              "Waiver %d was %s: %s@%s in %s"
                  .formatted(
                      waiver.id(),
                      state,
                      waiver.name(),
                      waiver.place().version(),
                      waiver.place().registry()),
              waived(waiver, "By", by));
      case Event.Test(String by) -> new Message("This is a test", facts("By", by));
    };
  }

  private static Message of(Event.MalwareFound found) {
    Reach reach = Reach.of(found.exposures());
    List<Fact> facts = new ArrayList<>(about(found.subject(), reach.places()));
    facts.addAll(
        facts(
            "People",
            Integer.toString(reach.people()),
            "Downloads",
            Long.toString(reach.downloads())));
    return new Message(
        "Malware in use: %s (issue #%d)"
            .formatted(found.subject().name(), found.subject().number()),
        facts);
  }

  private static List<Fact> about(Event.Subject subject, List<Place> places) {
    return facts(
        "What",
        "%s, %s: %s".formatted(subject.kind(), subject.severity(), subject.title()),
        "Cause",
        subject.cause(),
        "Where",
        where(places));
  }

  private static List<Fact> waived(Event.Waiver waiver, String label, String by) {
    return facts(
        "Policy",
        waiver.policy(),
        "Reason",
        waiver.reason(),
        "Until",
        waiver.until().toString(),
        label,
        by);
  }

  private static List<Fact> facts(String... labelsAndValues) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      facts.add(new Fact(labelsAndValues[i], labelsAndValues[i + 1]));
    }
    return facts;
  }

  private static String named(String name, List<Place> places) {
    return places.size() == 1 ? name + "@" + places.getFirst().version() : name;
  }

  private static String where(List<Place> places) {
    String listed =
        places.stream()
            .limit(LISTED)
            .map(one -> one.version() + " in " + one.registry())
            .collect(Collectors.joining(", "));
    return places.size() > LISTED
        ? listed + " and %d more".formatted(places.size() - LISTED)
        : listed;
  }

  /// One line of visible characters.
  private static String plain(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) > LONGEST
        ? line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…"
        : line;
  }
}
