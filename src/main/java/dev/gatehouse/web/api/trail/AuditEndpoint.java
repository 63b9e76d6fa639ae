package dev.gatehouse.web.api.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.review.trail.TrailSearch;
import dev.gatehouse.review.trail.TrailSearch.Place;
import dev.gatehouse.review.trail.TrailSearch.Wanted;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `audit`: who changed what in the workspace, for those who manage its people.
///
/// @param exports those that are being sent
public record AuditEndpoint(Visitors visitors, TrailSearch trail, RunningExports exports) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

  /// A change. `details` differ by action; null if there are none.
  record Entry(
      long id,
      @Nullable String at,
      String actor,
      String action,
      String subject,
      @Nullable JsonNode details) {

    static Entry of(TrailSearch.Row row) {
      return new Entry(
          row.place().id(),
          Answer.text(row.at()),
          row.actor(),
          row.action(),
          row.subject(),
          details(row.details()));
    }

    private static @Nullable JsonNode details(String text) {
      if (text.isEmpty()) {
        return null;
      }
      try {
        JsonNode read = JSON.readTree(text);
        return read.isObject() ? read : JsonNodeFactory.instance.objectNode().put("text", text);
      } catch (JsonProcessingException _) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
      }
    }
  }

  /// `GET audit`, the newest first.
  public Response list(Request request) {
    long workspace = visitors.visitor(request, Right.MANAGE_ACCOUNTS).workspace().id();
    Page.Wanted page = Page.Wanted.of(request);
    Wanted wanted = wanted(request);
    List<TrailSearch.Row> found =
        trail.find(workspace, wanted, place(page.after()), page.limit() + 1);
    boolean more = found.size() > page.limit();
    List<TrailSearch.Row> rows = more ? found.subList(0, page.limit()) : found;
    return Answer.of(
        200,
        new Page<>(
            rows.stream().map(Entry::of).toList(),
            more ? Page.cursor(cursor(rows.getLast().place())) : null,
            trail.count(workspace, wanted)));
  }

  /// `GET audit/export`: all that `list` would give, one JSON object a line. Each reads for as long
  /// as its client is slow, so that nobody may have many at once.
  public Response export(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_ACCOUNTS);
    long workspace = visitor.workspace().id();
    long account = visitor.account().id();
    exports.requireRoom(account);
    Wanted wanted = wanted(request);
    return Response.of(
            200,
            "application/x-ndjson",
            new Body.Stream(
                -1,
                out ->
                    exports.run(
                        account,
                        () -> trail.each(workspace, wanted, row -> write(out, Entry.of(row))))))
        .with("content-disposition", "attachment; filename=\"audit.jsonl\"")
        .with("cache-control", "no-store");
  }

  private static void write(OutputStream out, Entry entry) {
    try {
      out.write((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static Wanted wanted(Request request) {
    return new Wanted(
        request.query("actor"),
        request.query("action"),
        request.query("registry"),
        instant("since", request.query("since")),
        instant("until", request.query("until")));
  }

  private static @Nullable Instant instant(String name, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw ApiBody.malformed("\"%s\" is an instant such as 2027-01-31T00:00:00Z.".formatted(name));
    }
  }

  private static String cursor(Place place) {
    return place.happened() + "." + place.id();
  }

  private static Place place(@Nullable String cursor) {
    if (cursor == null) {
      return Place.END;
    }
    var parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw ApiBody.malformed(
          "\"cursor\" is not one that this server has given: begin without one.");
    }
    return new Place(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
  }
}
