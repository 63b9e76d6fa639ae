package dev.gatehouse.web.api.issue;

import dev.gatehouse.issues.Issue;
import dev.gatehouse.web.api.Answer;
import org.jspecify.annotations.Nullable;

/// An issue in a list.
///
/// @param cause the advisory's id, or what a policy objects to
/// @param url where people read more, as the advisory says: a stranger's word
/// @param assignee who looks after it; null if nobody does
record IssueView(
    long number,
    String type,
    String severity,
    String name,
    String cause,
    String title,
    @Nullable String url,
    String status,
    @Nullable String assignee,
    @Nullable String opened,
    @Nullable String changed) {

  static IssueView of(Issue issue) {
    return new IssueView(
        issue.number(),
        issue.type().word(),
        issue.text().severity(),
        issue.name(),
        issue.cause(),
        issue.text().title(),
        issue.text().url(),
        issue.status().word(),
        issue.assignee(),
        Answer.text(issue.status().opened()),
        Answer.text(issue.status().changed()));
  }
}
