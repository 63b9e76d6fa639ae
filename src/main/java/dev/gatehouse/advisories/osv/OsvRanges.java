package dev.gatehouse.advisories.osv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.advisories.Advisory.Kind;
import dev.gatehouse.advisories.Affected;
import dev.gatehouse.advisories.Affected.End;
import dev.gatehouse.advisories.Affected.Interval;
import dev.gatehouse.npm.semver.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads which versions of a package are affected, by OSV's rules: those that are listed, and those
/// that lie in any range. A range is a list of events; in the order of their versions each switches
/// being affected on or off.
final class OsvRanges {
  private static final int MOST_VERSIONS = 50_000;
  private static final Pattern PARTIAL = Pattern.compile("v?(\\d+)(?:\\.(\\d+))?");
  private static final Pattern LAST_KNOWN = Pattern.compile("(<=?)\\s*(\\S+)");

  private int misread;

  /// @param at null stands before every version, as `introduced: 0` does
  private record Event(String type, @Nullable Version at) {}

  /// How many ranges and versions could not be understood.
  int misread() {
    return misread;
  }

  /// What the entries of one package say together.
  Affected read(List<JsonNode> entries, Kind kind) {
    List<Interval> intervals = new ArrayList<>();
    Set<String> versions = new HashSet<>();
    for (JsonNode entry : entries) {
      for (JsonNode version : entry.path("versions")) {
        list(version.asText(""), versions);
      }
      for (JsonNode range : entry.path("ranges")) {
        if (!range.path("type").asText("").equals("GIT")) {
          intervals.addAll(capped(range(range), entry));
        }
      }
    }
    return new Affected(kind == Kind.MALWARE ? withoutStale(intervals) : intervals, versions);
  }

  private void list(String text, Set<String> versions) {
    Version version = Version.parseLoose(text);
    if (version == null || versions.size() >= MOST_VERSIONS) {
      misread++;
    } else {
      versions.add(version.withoutBuild().toString());
    }
  }

  private List<Interval> range(JsonNode range) {
    List<Event> events = new ArrayList<>();
    Version limit = null;
    boolean limited = false;
    for (JsonNode object : range.path("events")) {
      for (Map.Entry<String, JsonNode> one : object.properties()) {
        String text = one.getValue().asText("");
        boolean lowest = text.equals("0") && one.getKey().equals("introduced");
        boolean endless = text.equals("*") && one.getKey().equals("limit");
        Version at = lowest || endless ? null : version(text);
        if (at == null && !lowest && !endless) {
          misread++;
          return List.of();
        }
        if (one.getKey().equals("limit")) {
          boolean wider = at == null || (limit != null && limit.compareTo(at) >= 0);
          limit = limited && wider ? limit : at;
          limited |= at != null;
        } else {
          events.add(new Event(one.getKey(), at));
        }
      }
    }
    return cut(intervals(events), limit);
  }

  /// Walks the events from the lowest version up. Those of one version stay in the order of the
  /// file: what is fixed in 2.0.0 may come back in it.
  private static List<Interval> intervals(List<Event> events) {
    events.sort(Comparator.comparing(Event::at, Comparator.nullsFirst(Comparator.naturalOrder())));
    boolean begun = events.stream().anyMatch(event -> event.type().equals("introduced"));
    List<Interval> found = new ArrayList<>();
    boolean affected = !begun && !events.isEmpty();
    Version from = null;
    for (Event event : events) {
      switch (event.type()) {
        case "introduced" -> {
          from = affected ? from : event.at();
          affected = true;
        }
        case "fixed", "last_affected" -> {
          End end = event.type().equals("fixed") ? End.FIX : End.LAST;
          if (affected && !isEmpty(from, event.at(), end)) {
            found.add(new Interval(from, event.at(), end));
          }
          affected = false;
        }
        default -> {} // A later version of the format may have more.
      }
    }
    if (affected) {
      found.add(new Interval(from, null, End.LIMIT));
    }
    return found;
  }

  private static boolean isEmpty(@Nullable Version from, @Nullable Version to, End end) {
    if (from == null || to == null) {
      return false;
    }
    int order = from.compareTo(to);
    return order > 0 || (order == 0 && end != End.LAST);
  }

  private static List<Interval> cut(List<Interval> intervals, @Nullable Version limit) {
    if (limit == null) {
      return intervals;
    }
    List<Interval> cut = new ArrayList<>();
    for (Interval one : intervals) {
      if (one.to() != null && one.to().compareTo(limit) < 0) {
        cut.add(one);
      } else if (!isEmpty(one.from(), limit, End.LIMIT)) {
        cut.add(new Interval(one.from(), limit, End.LIMIT));
      }
    }
    return cut;
  }

  /// GitHub's database writes an upper end that is no fix beside the range.
  private static List<Interval> capped(List<Interval> intervals, JsonNode entry) {
    Matcher known =
        LAST_KNOWN.matcher(
            entry.at("/database_specific/last_known_affected_version_range").asText("").strip());
    Version last = known.matches() ? version(known.group(2)) : null;
    if (last == null) {
      return intervals;
    }
    End end = known.group(1).equals("<=") ? End.LAST : End.LIMIT;
    return intervals.stream()
        .map(one -> one.to() == null ? new Interval(one.from(), last, end) : one)
        .filter(one -> !isEmpty(one.from(), one.to(), one.end()))
        .toList();
  }

  /// The first report of a poisoned release often says "every version", and the range that it
  /// leaves in the record makes later, narrower ones meaningless. Where a record of malware has
  /// both, the narrower ones are meant.
  private static List<Interval> withoutStale(List<Interval> intervals) {
    List<Interval> narrow =
        intervals.stream().filter(one -> one.from() != null || one.to() != null).toList();
    return narrow.stream().anyMatch(one -> one.to() != null) ? narrow : intervals;
  }

  /// A version as old records write it too: `1.2` is 1.2.0.
  private static @Nullable Version version(String text) {
    Version whole = Version.parseLoose(text);
    Matcher partial = PARTIAL.matcher(text);
    if (whole != null || !partial.matches()) {
      return whole;
    }
    String minor = partial.group(2) == null ? "0" : partial.group(2);
    return Version.parseLoose(partial.group(1) + "." + minor + ".0");
  }
}
