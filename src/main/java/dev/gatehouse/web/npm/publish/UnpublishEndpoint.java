package dev.gatehouse.web.npm.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TarballName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.Revisions;
import dev.gatehouse.web.Gate;
import org.jspecify.annotations.Nullable;

/// `DELETE {registry}/{name}/-rev/{rev}`: takes a whole package back.
///
/// `DELETE {registry}/{name}/-/{file}/-rev/{rev}`: what clients send after they have taken one
/// version back. npm repeats the registry's path in front if the registry is one of a scope.
public record UnpublishEndpoint(Gate gate, Revisions revisions, Attendance attendance) {
  private static final String REVISION = "/-rev/";

  /// The whole package.
  public Response all(Request request) {
    Edit edit = Answers.edit(gate, request, Right.UNPUBLISH_OWN);
    attendance.require(request, edit, PackageChange.UNPUBLISH);
    return Answers.done(200, edit, revisions.takeAllBack(edit, request.variable("rev")));
  }

  /// The tarball of a version that is taken back already, which changes nothing.
  public Response tarball(Request request) {
    Edit edit = Answers.edit(gate, request, Right.UNPUBLISH_OWN);
    edit.requireNotArchived();
    String path = request.variable("file");
    int revision = path.indexOf(REVISION);
    String file = revision < 0 ? path : path.substring(0, revision);
    @Nullable String version = TarballName.versionIn(edit.name(), file);
    if (version == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "%s is no tarball of %s.".formatted(Quoted.quote(file), edit.name())));
    }
    revisions.requireTakenBack(edit, version);
    return Answers.ok();
  }
}
