package dev.gatehouse.issues;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What people do with issues. Every change has its row in the trail.
public record Issues(Database database, Trail trail) {
  private static final int LONGEST_TEXT = 10_000;

  /// Which issues.
  ///
  /// @param name of that package, null for all
  public record Filter(boolean closedToo, @Nullable String name) {}

  /// The issues of a workspace, open ones first, the newest first among them.
  public List<Issue> list(long workspaceId, Filter filter) {
    return database
        .read(handle -> IssueRows.list(handle, workspaceId).stream())
        .filter(one -> filter.closedToo() || one.status().open())
        .filter(one -> filter.name() == null || filter.name().equals(one.name()))
        .toList();
  }

  /// All that is known of the issue with that number, or a not-found problem.
  public Story show(long workspaceId, long number) {
    return database.read(handle -> {
      Issue issue = require(handle, workspaceId, number);
      return new Story(
          issue,
          OccurrenceRows.of(handle, issue.id()),
          IssueRows.events(handle, issue.id()),
          ExposureRows.of(handle, issue.id(), issue.name()));
    });
  }

  /// Says something about it.
  public void comment(Actor actor, long workspaceId, long number, String text) {
    change(actor, workspaceId, number, new Step("comment", text), (_, _) -> {});
  }

  /// Closes it, for what is known now: it is reopened where the same is found elsewhere.
  public void close(Actor actor, long workspaceId, long number, String reason) {
    change(
        actor,
        workspaceId,
        number,
        new Step("closed", reason),
        (handle, issue) -> {
          require(issue.status().open(), issue, "closed already");
          OccurrenceRows.accept(handle, issue.id(), true);
          IssueRows.setOpen(handle, issue.id(), false);
        });
  }

  /// Opens it again.
  public void reopen(Actor actor, long workspaceId, long number, String reason) {
    change(
        actor,
        workspaceId,
        number,
        new Step("reopened", reason),
        (handle, issue) -> {
          require(!issue.status().open(), issue, "open");
          OccurrenceRows.accept(handle, issue.id(), false);
          IssueRows.setOpen(handle, issue.id(), true);
        });
  }

  /// Makes `assignee` look after it; null takes that back.
  public void assign(Actor actor, long workspaceId, long number, @Nullable String assignee) {
    change(
        actor,
        workspaceId,
        number,
        new Step("assigned", assignee == null ? "nobody" : assignee),
        (handle, issue) -> IssueRows.assign(handle, issue.id(), assignee));
  }

  /// Calls it `title` and finds it as bad as `severity`, whatever the scanner says of it from now
  /// on; null goes by the scanner's word again.
  public void edit(Actor actor, long workspaceId, long number, Wording wording) {
    change(
        actor,
        workspaceId,
        number,
        new Step("edited", wording.words()),
        (handle, issue) -> IssueRows.edit(handle, issue.id(), wording.title(), wording.severity()));
  }

  /// People's own words for an issue; null where the scanner's count.
  public record Wording(@Nullable String title, @Nullable String severity) {
    private static final int LONGEST_TITLE = 300;
    private static final Set<String> SEVERITIES =
        Set.of("unknown", "low", "moderate", "high", "critical");

    /// Refuses what nobody could read.
    public Wording {
      if (title != null && (title.isBlank() || title.length() > LONGEST_TITLE)) {
        throw new ProblemException(
            new Problem.Malformed(
                "A title has between 1 and %d characters.".formatted(LONGEST_TITLE)));
      }
      if (severity != null && !SEVERITIES.contains(severity)) {
        throw new ProblemException(
            new Problem.Malformed(
                "A severity is one of unknown, low, moderate, high and critical."));
      }
    }

    String words() {
      return "%s; %s"
          .formatted(
              title == null ? "the title as found" : "\"" + title + "\"",
              severity == null ? "the severity as found" : severity + " severity");
    }
  }

  private record Step(String kind, String text) {
    String action() {
      return switch (kind) {
        case "closed" -> "issue.close";
        case "reopened" -> "issue.reopen";
        case "assigned" -> "issue.assign";
        case "edited" -> "issue.edit";
        default -> "issue.comment";
      };
    }
  }

  @FunctionalInterface
  private interface Change {
    void make(Handle handle, Issue issue);
  }

  private void change(Actor actor, long workspaceId, long number, Step step, Change change) {
    if (step.text().isBlank() || step.text().length() > LONGEST_TEXT) {
      throw new ProblemException(
          new Problem.Malformed(
              "This needs some words, of at most %,d characters.".formatted(LONGEST_TEXT)));
    }
    database.write(handle -> {
      IssueRows.lock(handle, workspaceId);
      Issue issue = require(handle, workspaceId, number);
      change.make(handle, issue);
      var event = new Story.Event(trail.clock().instant(), actor.label(), step.kind(), step.text());
      IssueRows.note(handle, issue.id(), event);
      trail.add(
          handle,
          actor,
          new Trail.Entry(workspaceId, step.action(), "#" + number + " " + issue.name(), ""));
      return issue;
    });
  }

  private static void require(boolean possible, Issue issue, String state) {
    if (!possible) {
      throw new ProblemException(
          new Problem.Conflict("Issue %d is %s.".formatted(issue.number(), state)));
    }
  }

  private static Issue require(Handle handle, long workspaceId, long number) {
    return IssueRows.find(handle, workspaceId, number)
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound(
                    "There is no issue %d here: list them to see which there are."
                        .formatted(number))));
  }
}
