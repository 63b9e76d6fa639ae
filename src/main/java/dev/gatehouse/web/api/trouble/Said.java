package dev.gatehouse.web.api.trouble;

import dev.gatehouse.npm.PackageName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client's message names: addresses that it asked, and packages.
///
/// @param addresses what was asked, each once
/// @param packages which packages, each with a version or a range; at most [#MOST]
record Said(List<String> addresses, List<Named> packages) {
  /// Each is looked up, which may ask an upstream.
  static final int MOST = 5;

  private static final int MOST_ADDRESSES = 10;
  private static final String NAME = "(@[\\w.~-]{1,100}/[\\w.~-]{1,120}|[\\w.~-]{1,120})";
  private static final String RANGE = "([^\\s:,;\"'()]{1,100})";

  /// pnpm and yarn draw lines beside what they say, and break long names at their hyphens.
  private static final Pattern BROKEN = Pattern.compile("-\\R[\\s│├╰─▶·]*(?=[\\w/.])");

  private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[0-9;]{0,20}m");

  private static final Pattern ASKED =
      Pattern.compile(
          "(?:\\b(?:GET|PUT|POST|DELETE)|Request URL:|request to|metadata from|error Error:|HTTP"
              + " \\d{3} for|fetching it from|logged in to|Publishing"
              + " to)\\s+\"?(https?://[^\\s\"'<>]{1,600})");

  /// With the name first, then the version.
  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("/-/why/" + NAME + "@" + RANGE),
          Pattern.compile("Could not download " + NAME + "@" + RANGE),
          Pattern.compile("[Nn]o matching version found for " + NAME + "@" + RANGE),
          Pattern.compile(NAME + "@npm:" + RANGE + ": "),
          Pattern.compile("any versions for \"" + NAME + "\" that matches \"" + RANGE + "\""),
          Pattern.compile("requested resource '" + NAME + "@" + RANGE + "'"),
          Pattern.compile(NAME + "@(\\d{1,9}\\.\\d{1,9}\\.\\d[\\w.+-]{0,80}) (?:is|was) "),
          Pattern.compile("Refusing to fetch \"" + NAME + "@(?!https?:)" + RANGE));

  private static final Pattern BUN =
      Pattern.compile("No version matching \"" + RANGE + "\" found for specifier \"" + NAME + "\"");
  private static final Pattern ABSENT =
      Pattern.compile("There is no package " + NAME + " in the registry|" + NAME + "@unknown");
  private static final Pattern TARBALL =
      Pattern.compile(
          "/r/[^/\\s]{1,64}/((?:@[^/\\s]{1,100}/)?[^/\\s]{1,120})/-/[^/\\s]{1,120}?-(\\d[\\w.+-]{0,80})\\.tgz");

  /// A package, and what was wanted of it.
  ///
  /// @param range null if any version would do
  record Named(String name, @Nullable String range) {}

  /// What is named in `text`.
  static Said in(String text) {
    String whole = BROKEN.matcher(COLOURS.matcher(text).replaceAll("")).replaceAll("-");
    Set<String> addresses = new LinkedHashSet<>();
    Matcher asked = ASKED.matcher(whole);
    while (asked.find() && addresses.size() < MOST_ADDRESSES) {
      addresses.add(asked.group(1).replaceFirst("[.,:)]+$", ""));
    }
    Set<Named> named = new LinkedHashSet<>();
    NAMES.forEach(one -> collect(named, one.matcher(whole), 1, 2));
    collect(named, BUN.matcher(whole), 2, 1);
    collect(named, TARBALL.matcher(whole), 1, 2);
    Matcher absent = ABSENT.matcher(whole);
    while (absent.find()) {
      add(named, absent.group(1) == null ? absent.group(2) : absent.group(1), null);
    }
    return new Said(List.copyOf(addresses), distinct(named));
  }

  private static void collect(Set<Named> named, Matcher matcher, int name, int range) {
    while (matcher.find() && named.size() < MOST * MOST) {
      add(named, matcher.group(name), matcher.group(range).replaceFirst("[.:]+$", ""));
    }
  }

  private static void add(Set<Named> named, String name, @Nullable String range) {
    if (PackageName.isValid(name)) {
      named.add(new Named(name, range));
    }
  }

  /// A name with a version says more than the name alone.
  private static List<Named> distinct(Set<Named> named) {
    List<Named> kept = new ArrayList<>();
    for (Named one : named) {
      boolean vague = one.range == null || one.range.equals("*") || one.range.equals("unknown");
      if (!vague || kept.stream().noneMatch(other -> other.name.equals(one.name))) {
        kept.add(vague ? new Named(one.name, null) : one);
      }
    }
    return kept.stream().distinct().limit(MOST).toList();
  }
}
