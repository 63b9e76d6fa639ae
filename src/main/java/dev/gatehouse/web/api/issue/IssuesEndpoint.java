package dev.gatehouse.web.api.issue;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Issue;
import dev.gatehouse.issues.IssueSearch;
import dev.gatehouse.issues.Issues;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Story;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Numbers;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `issues`: what was found to be wrong in a workspace. Where an issue is found, one sees of the
/// registries that one may read; an issue that is found in none of those is not there.
public final class IssuesEndpoint {
  private static final int MOST_FETCHED = 2_000;

  private final Visitors visitors;
  private final Parts parts;

  /// What knows of issues.
  public record Parts(Issues issues, IssueSearch search, Downloads downloads, Access access) {}

  /// Issues of `parts`.
  public IssuesEndpoint(Visitors visitors, Parts parts) {
    this.visitors = visitors;
    this.parts = parts;
  }

  /// `GET issues`, the newest first.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request);
    Page.Wanted page = Page.Wanted.of(request);
    long before = page.after() == null ? Long.MAX_VALUE : Numbers.of(page.after());
    IssueSearch.Some found =
        parts.search.find(
            visitor.workspace().id(), wanted(visitor, request), before, page.limit() + 1);
    boolean more = found.issues().size() > page.limit();
    List<Issue> issues = more ? found.issues().subList(0, page.limit()) : found.issues();
    return Answer.of(
        200,
        new Page<>(
            issues.stream().map(IssueView::of).toList(),
            more ? Page.cursor(Long.toString(issues.getLast().number())) : null,
            found.total()));
  }

  /// `GET issues/{issue}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request);
    return Answer.tagged(request, view(visitor, number(request)));
  }

  /// `PATCH issues/{issue}`: who looks after it, its title and severity, and, with a reason,
  /// whether it is open. What is not named stays as it is.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.PUBLISH);
    JsonBody body = ApiBody.read(request, "assignee", "title", "severity", "status", "reason");
    List<String> named = body.names();
    if (named.stream().anyMatch(Set.of("title", "severity", "status")::contains)) {
      visitor.require(Right.MANAGE_REGISTRIES);
    }
    long number = number(request);
    StoryView before = view(visitor, number);
    Answer.requireMatch(request, before);
    // Whatever is wrong is said before anything is done.
    boolean edited = named.contains("title") || named.contains("severity");
    Issues.Wording wording = edited ? wording(before, body) : null;
    String assignee = assignee(visitor, body);
    long workspace = visitor.workspace().id();
    if (named.contains("status")) {
      setStatus(visitor, number, body);
    }
    if (wording != null) {
      parts.issues.edit(visitor.actor(), workspace, number, wording);
    }
    if (named.contains("assignee")) {
      parts.issues.assign(visitor.actor(), workspace, number, assignee);
    }
    return Answer.tagged(request, view(visitor, number));
  }

  /// `POST issues/{issue}/comments`.
  public Response comment(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.PUBLISH);
    JsonBody body = ApiBody.read(request, "text");
    long number = number(request);
    seen(visitor, number);
    parts.issues.comment(
        visitor.actor(), visitor.workspace().id(), number, body.requireText("text"));
    return Answer.done();
  }

  private void setStatus(Visitor visitor, long number, JsonBody body) {
    String reason = body.requireText("reason");
    long workspace = visitor.workspace().id();
    switch (body.requireText("status")) {
      case "closed" -> parts.issues.close(visitor.actor(), workspace, number, reason);
      case "open" -> parts.issues.reopen(visitor.actor(), workspace, number, reason);
      default -> throw ApiBody.malformed("\"status\" is open or closed.");
    }
  }

  /// A word that is the scanner's own is left to the scanner.
  private static Issues.Wording wording(StoryView before, JsonBody body) {
    StoryView.Wording found = before.found();
    String title = body.names().contains("title") ? body.text("title") : before.issue().title();
    String severity =
        body.names().contains("severity") ? body.text("severity") : before.issue().severity();
    return new Issues.Wording(
        found.title().equals(title) ? null : title,
        found.severity().equals(severity) ? null : severity);
  }

  private @Nullable String assignee(Visitor visitor, JsonBody body) {
    String name = body.text("assignee");
    if (name == null) {
      return null;
    }
    Account account = parts.access.accounts().require(visitor.workspace().id(), name);
    if (!account.active()) {
      throw ApiBody.malformed("\"%s\" is deactivated: choose somebody else.".formatted(name));
    }
    return account.name();
  }

  private StoryView view(Visitor visitor, long number) {
    Story story = seen(visitor, number);
    var rights =
        new StoryView.Rights(
            visitor.identity().workspaceRefusal(Right.PUBLISH) == null,
            visitor.identity().workspaceRefusal(Right.MANAGE_REGISTRIES) == null,
            visitor.identity().workspaceRefusal(Right.MANAGE_ACCOUNTS) == null);
    return StoryView.of(
        story, fetched(visitor, story), new StoryView.Reader(visitors.sight(visitor), rights));
  }

  /// The issue, if they may know of it.
  private Story seen(Visitor visitor, long number) {
    Story story = parts.issues.show(visitor.workspace().id(), number);
    Sight sight = visitors.sight(visitor);
    if (!sight.whole()
        && story.occurrences().stream()
            .noneMatch(one -> sight.byId().containsKey(one.registryId()))) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no issue %d here: list them to see which there are.".formatted(number)));
    }
    return story;
  }

  /// Who has malware stands in the issue; of other things, the downloads say who fetched what is
  /// affected now.
  private List<Download> fetched(Visitor visitor, Story story) {
    if (story.issue().type() == Cause.Type.MALWARE) {
      return story.fetched();
    }
    Set<Occurrence.Spot> spots =
        story.occurrences().stream().map(Occurrence::spot).collect(Collectors.toSet());
    return parts
        .downloads
        .latest(visitor.workspace().id(), story.issue().name(), MOST_FETCHED)
        .stream()
        .filter(one -> spots.contains(new Occurrence.Spot(one.registryId(), one.version())))
        .toList();
  }

  private IssueSearch.Wanted wanted(Visitor visitor, Request request) {
    String status = request.query("status");
    String type = request.query("type");
    String registry = request.query("registry");
    return new IssueSearch.Wanted(
        status == null ? null : status(status),
        type == null ? null : ApiBody.choice(Cause.Type.class, "type", type),
        request.query("severity"),
        request.query("package"),
        request.query("assignee"),
        registry == null
            ? visitors.sight(visitor).ids()
            : Set.of(visitors.registry(visitor, registry).id()));
  }

  private static @Nullable Boolean status(String text) {
    return switch (text) {
      case "all" -> null;
      case "open" -> true;
      case "closed" -> false;
      default -> throw ApiBody.malformed("\"status\" is one of open, closed, all.");
    };
  }

  /// A text that is no number names no issue.
  private static long number(Request request) {
    return Numbers.of(request.variable("issue"));
  }
}
