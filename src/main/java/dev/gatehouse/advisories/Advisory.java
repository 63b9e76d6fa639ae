package dev.gatehouse.advisories;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one record of one feed says of one package.
///
/// @param id as in the feed, `GHSA-…`, `MAL-…`, `CVE-…`
/// @param aliases what others call the same thing
/// @param severity what the feed says, else what the score says; malware of which neither says
///   anything is critical
/// @param cvss the newest kind of CVSS vector that the record has and that can be understood
/// @param url where people read more
/// @param cwes the kinds of weakness, `CWE-79`
/// @param feed which feed says so
public record Advisory(
    String id,
    List<String> aliases,
    Kind kind,
    Severity severity,
    @Nullable Cvss cvss,
    String summary,
    @Nullable String url,
    List<String> cwes,
    Affected affected,
    Dates dates,
    String feed) {

  /// The feed of what people here write by hand. It alone speaks of packages that are owned here:
  /// to all others, their names are a stranger's.
  public static final String OWN_FEED = "own";

  public Advisory {
    aliases = List.copyOf(aliases);
    cwes = List.copyOf(cwes);
  }

  /// What it warns of.
  public enum Kind {
    /// Made to do harm.
    MALWARE,
    /// Can be made to do harm.
    VULNERABILITY
  }

  /// A CVSS vector of any version, and its score.
  public record Cvss(String vector, double score) {}

  /// When the record was written and last changed, and taken back if it was.
  public record Dates(
      @Nullable Instant published, @Nullable Instant modified, @Nullable Instant withdrawn) {}

  /// Whether it is malware.
  public boolean isMalware() {
    return kind == Kind.MALWARE;
  }

  /// Whether it was written by hand here.
  public boolean isOwn() {
    return feed.equals(OWN_FEED);
  }

  /// Whether both are about the same thing, by id or alias.
  public boolean isSameAs(Advisory other) {
    return id.equals(other.id)
        || aliases.contains(other.id)
        || other.aliases.contains(id)
        || aliases.stream().anyMatch(other.aliases::contains);
  }
}
