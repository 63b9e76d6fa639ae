package dev.gatehouse.advisories.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.advisories.Advisory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where advisories come from, and how far they are believed. Written as `NAME TRUST SOURCE`.
///
/// @param source the URL or path of a zip or folder of OSV records
public record Feed(String name, Trust trust, String source) {
  /// The OSV project's export of everything that it knows of npm packages.
  public static final Feed OSV =
      new Feed(
          "osv", Trust.GUARDED, "https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip");

  /// What people here write by hand.
  public static final Feed OWN = new Feed(Advisory.OWN_FEED, Trust.FULL, "written by hand");

  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,31}) (full|guarded|seconded) (\\S.*)");

  /// How far a feed is believed.
  public enum Trust {
    /// Whatever it says counts at once.
    FULL,
    /// What it says counts at once, unless it would suddenly take away most versions of a package
    /// that is widely used here: then a person or a second feed has to agree.
    GUARDED,
    /// Nothing counts before a person or a second feed agrees.
    SECONDED;

    /// As it is written in settings.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Reads a setting. Throws `IllegalArgumentException` with a sentence if it is none.
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Feed parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).equals(Advisory.OWN_FEED)) {
      throw new IllegalArgumentException(
          "\"%s\" is no feed: write its name, full, guarded or seconded, and a URL or path, as in"
                  .formatted(text)
              + " \"osv guarded https://example.com/all.zip\".");
    }
    Trust trust = Trust.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    return new Feed(matcher.group(1), trust, matcher.group(3));
  }

  /// Whether it lies on the network.
  public boolean isRemote() {
    return source.startsWith("https://") || source.startsWith("http://");
  }

  /// As it is written in settings.
  @JsonValue
  @Override
  public String toString() {
    return name + " " + trust.word() + " " + source;
  }
}
