package dev.gatehouse.web.api.overview;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.traffic.Count;
import dev.gatehouse.registries.traffic.TrafficReport;
import dev.gatehouse.registries.traffic.TrafficReport.Numbers;
import dev.gatehouse.registries.traffic.TrafficReport.Span;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `GET traffic`: what registries answered over time, and how much of it without an upstream.
public final class TrafficEndpoint {
  private static final int MOST_REGISTRIES = 200;

  /// By how many days are asked for: every bar of a chart is a step.
  private static final Map<String, Span> SPANS =
      Map.of("1", new Span(24, 1), "7", new Span(28, 6), "30", new Span(30, 24));

  private final Visitors visitors;
  private final TrafficReport report;
  private final Clock clock;

  /// Shows what `report` says.
  public TrafficEndpoint(Visitors visitors, TrafficReport report, Clock clock) {
    this.visitors = visitors;
    this.report = report;
    this.clock = clock;
  }

  /// @param step how long a step is, in seconds
  /// @param registries those that answered anything, by name
  record Traffic(int step, List<Point> points, List<OfRegistry> registries) {}

  /// @param at when the step begins
  record Point(@Nullable String at, Count documents, Count tarballs) {}

  record OfRegistry(String registry, Count documents, Count tarballs) {}

  /// Of one registry, or of all that one may read.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request);
    Span span = span(request.query("days"));
    List<Registry> shown = shown(visitor, request.query("registry"));
    Set<Long> ids = shown.stream().map(Registry::id).collect(Collectors.toSet());
    Instant now = clock.instant();
    return Answer.of(
        200,
        new Traffic(
            Math.toIntExact(span.step().toSeconds()),
            report.over(ids, span, now).stream().map(TrafficEndpoint::point).toList(),
            byRegistry(shown, report.byRegistry(ids, span, now))));
  }

  private static Span span(@Nullable String days) {
    Span span = SPANS.get(Objects.requireNonNullElse(days, "1"));
    if (span == null) {
      throw ApiBody.malformed("\"days\" is one of 1, 7, 30.");
    }
    return span;
  }

  private List<Registry> shown(Visitor visitor, @Nullable String name) {
    if (name != null) {
      return List.of(visitors.registry(visitor, name));
    }
    Sight sight = visitors.sight(visitor);
    return sight.registries().stream().limit(MOST_REGISTRIES).toList();
  }

  private static Point point(TrafficReport.Point point) {
    Numbers numbers = point.numbers();
    return new Point(Answer.text(point.from()), numbers.documents(), numbers.tarballs());
  }

  private static List<OfRegistry> byRegistry(List<Registry> shown, Map<Long, Numbers> numbers) {
    return shown.stream()
        .filter(one -> numbers.containsKey(one.id()))
        .map(one -> {
          Numbers own = numbers.getOrDefault(one.id(), Numbers.NONE);
          return new OfRegistry(one.name(), own.documents(), own.tarballs());
        })
        .toList();
  }
}
