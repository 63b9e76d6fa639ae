package dev.gatehouse.advisories;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.advisories.Affected.End;
import dev.gatehouse.advisories.Affected.Interval;
import dev.gatehouse.npm.semver.Version;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How an advisory is written down: JSON with short names, since there are hundreds of thousands.
public final class AdvisoryText {
  private static final JsonMapper JSON =
      JsonMapper.builder().defaultPropertyInclusion(inclusion()).build();

  private AdvisoryText() {}

  private record Body(
      @Nullable List<String> a,
      char k,
      String s,
      @Nullable String v,
      double c,
      String t,
      @Nullable String u,
      @Nullable List<String> w,
      @Nullable List<Span> r,
      @Nullable Set<String> x,
      long p,
      long m,
      long d) {}

  private record Span(@Nullable String f, @Nullable String t, String e) {}

  /// The text of `advisory`, without what its row says: id, feed and package.
  public static String write(Advisory advisory) {
    Advisory.Cvss cvss = advisory.cvss();
    Advisory.Dates dates = advisory.dates();
    try {
      return JSON.writeValueAsString(
          new Body(
              advisory.aliases(),
              advisory.isMalware() ? 'm' : 'v',
              advisory.severity().word(),
              cvss == null ? null : cvss.vector(),
              cvss == null ? 0 : cvss.score(),
              advisory.summary(),
              advisory.url(),
              advisory.cwes(),
              advisory.affected().intervals().stream().map(AdvisoryText::span).toList(),
              new TreeSet<>(advisory.affected().versions()),
              millis(dates.published()),
              millis(dates.modified()),
              millis(dates.withdrawn())));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The advisory called `id` of `feed` that was written as `text`.
  public static Advisory read(String id, String feed, String text) {
    try {
      Body body = JSON.readValue(text, Body.class);
      return new Advisory(
          id,
          orNone(body.a),
          body.k == 'm' ? Advisory.Kind.MALWARE : Advisory.Kind.VULNERABILITY,
          severity(body.s),
          body.v == null ? null : new Advisory.Cvss(body.v, body.c),
          body.t == null ? "" : body.t,
          body.u,
          orNone(body.w),
          new Affected(
              orNone(body.r).stream().map(AdvisoryText::interval).toList(),
              body.x == null ? Set.of() : body.x),
          new Advisory.Dates(instant(body.p), instant(body.m), instant(body.d)),
          feed);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("The row of the advisory " + id + " is damaged.", damaged);
    }
  }

  private static Span span(Interval interval) {
    Version from = interval.from();
    Version to = interval.to();
    return new Span(
        from == null ? null : from.toString(),
        to == null ? null : to.toString(),
        interval.end().name());
  }

  private static Interval interval(Span span) {
    return new Interval(version(span.f), version(span.t), End.valueOf(span.e));
  }

  private static Severity severity(String word) {
    Severity named = Severity.named(word);
    return named == null ? Severity.UNKNOWN : named;
  }

  private static @Nullable Version version(@Nullable String text) {
    return text == null ? null : Version.parse(text);
  }

  private static <E> List<E> orNone(@Nullable List<E> list) {
    return list == null ? List.of() : list;
  }

  private static long millis(@Nullable Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }

  private static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static JsonInclude.Value inclusion() {
    return JsonInclude.Value.construct(
        JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.NON_DEFAULT);
  }
}
