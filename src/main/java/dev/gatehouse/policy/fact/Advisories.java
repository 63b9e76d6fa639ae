package dev.gatehouse.policy.fact;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What advisories say of a version.
///
/// @param imported whether advisories were ever imported here; until then nobody can tell
/// @param touching those that name this version; known and empty if none does
/// @param fixes those whose fix this version is
public record Advisories(boolean imported, Fact<List<Hit>> touching, Fact<List<Fix>> fixes) {

  /// Nothing was ever imported.
  public static final Advisories NEVER_IMPORTED =
      new Advisories(false, Fact.missing(), Fact.missing());

  /// Imported, and none says anything.
  public static final Advisories CLEAN =
      new Advisories(true, Fact.known(List.of()), Fact.known(List.of()));

  /// An advisory that names this version.
  ///
  /// @param label how it is called
  /// @param kind what it is about
  /// @param rating how bad it is
  /// @param fixed the versions that fix it, empty if none does
  public record Hit(Label label, Kind kind, Rating rating, List<String> fixed) {
    /// Keeps its own copy.
    public Hit {
      fixed = List.copyOf(fixed);
    }
  }

  /// How an advisory is called. `source` is the feed, or [#OWN].
  public record Label(String id, Set<String> aliases, String source, String summary) {
    /// The source of advisories that were written here by hand.
    public static final String OWN = "own";

    /// Keeps its own copy.
    public Label {
      aliases = Set.copyOf(aliases);
    }
  }

  /// What an advisory is about.
  public enum Kind {
    /// A flaw.
    VULNERABILITY,
    /// Written to do harm.
    MALWARE
  }

  /// How bad it is, with the CVSS base score where there is one.
  public record Rating(Severity severity, @Nullable Double score) {}

  /// Later is worse; nobody has said is the least.
  public enum Severity {
    /// Nobody has said.
    UNKNOWN,
    /// Low.
    LOW,
    /// Moderate, also called medium.
    MODERATE,
    /// High.
    HIGH,
    /// Critical.
    CRITICAL
  }

  /// An advisory that names this version as its fix and touches `relieves`, the version that
  /// clients would get if this one were held. Listed only where there is such a version.
  public record Fix(String id, Severity severity, String relieves) {}
}
