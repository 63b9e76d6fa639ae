package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.publish.Revision;
import dev.gatehouse.npm.publish.Revision.Maintainer;
import dev.gatehouse.npm.publish.Revision.People;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.Revisions;
import dev.gatehouse.publish.change.Sharing;
import dev.gatehouse.publish.change.Stargazing;
import java.util.List;
import java.util.Map;

/// Tells what a client wants that sends a package's document without a tarball. With versions it is
/// the whole document, sent back to deprecate or unpublish; without, only what it is about: owners,
/// or stars.
public record RevisionSwitch(
    Revisions revisions, Sharing sharing, Stargazing stargazing, Attendance attendance) {

  /// Does it, for `request`. `urlRevision` is empty for a path without one.
  Response apply(Request request, Edit edit, Revision revision, String urlRevision) {
    People people = revision.people();
    if (revision.versions() != null) {
      edit.require(Right.PUBLISH);
      attendance.require(
          request, edit, urlRevision.isEmpty() ? PackageChange.DEPRECATE : PackageChange.UNPUBLISH);
      return Answers.done(
          200,
          edit,
          urlRevision.isEmpty()
              ? revisions.deprecate(edit, revision)
              : revisions.takeMissingBack(edit, revision, urlRevision));
    }
    if (people != null && people.maintainers() != null) {
      edit.require(Right.PUBLISH);
      attendance.require(request, edit, PackageChange.OWNERS);
      List<String> names = people.maintainers().stream().map(Maintainer::name).toList();
      return Answers.done(200, edit, sharing.owners(edit, names, urlRevision));
    }
    if (people != null && people.stars() != null) {
      Problem refusal = edit.by().selfServiceRefusal();
      if (refusal != null) {
        throw new ProblemException(refusal);
      }
      stargazing.star(edit, people.stars().getOrDefault(edit.account(), false));
      return Response.json(200, Map.of("ok", true, "success", true, "id", edit.name().value()));
    }
    throw new ProblemException(
        new Problem.Malformed(
            "The document attaches no tarball and changes nothing that can be changed by it."));
  }
}
