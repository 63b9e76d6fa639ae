package dev.gatehouse.web.npm.publish;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.DistTags;
import dev.gatehouse.web.Caller;
import dev.gatehouse.web.Gate;
import java.io.IOException;

/// `-/package/{name}/dist-tags[/{tag}]`.
public record DistTagsEndpoint(Gate gate, DistTags tags, Attendance attendance) {
  private static final int LARGEST_BODY = 4 << 10;

  /// `GET -/package/{name}/dist-tags`: the tags as the packument has them.
  public Response list(Request request) {
    Caller caller = gate.reader(request);
    PackageName name = PackageName.parse(request.variable("name"));
    return Answers.fresh(tags.list(caller.registry(), name.value()));
  }

  /// `PUT -/package/{name}/dist-tags/{tag}`, or `POST`: the body is a version as a JSON string.
  public Response set(Request request) throws IOException {
    Edit edit = Answers.edit(gate, request, Right.PUBLISH);
    String version = version(request);
    attendance.require(request, edit, PackageChange.TAG);
    tags.set(edit, request.variable("tag"), version);
    return Answers.ok();
  }

  /// `DELETE -/package/{name}/dist-tags/{tag}`.
  public Response remove(Request request) {
    Edit edit = Answers.edit(gate, request, Right.PUBLISH);
    attendance.require(request, edit, PackageChange.TAG);
    tags.remove(edit, request.variable("tag"));
    return Answers.ok();
  }

  private static String version(Request request) throws IOException {
    var factory = BoundedJson.factory(LARGEST_BODY, LARGEST_BODY);
    try (var parser = factory.createParser(request.decodedBody(LARGEST_BODY))) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw malformed();
      }
      String version = parser.getText();
      if (parser.nextToken() != null) {
        throw malformed();
      }
      return version;
    } catch (JacksonException _) {
      throw malformed();
    }
  }

  private static ProblemException malformed() {
    return new ProblemException(
        new Problem.Malformed(
            "The body must be the version that the tag is to name, as a JSON string."));
  }
}
