package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.DistTags;
import dev.gatehouse.publish.change.Sharing;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;

/// `registries/{registry}/packages/{name}/tags/{tag}` and `…/owners`: what a package's people set.
public record TagsEndpoint(Changing changing, DistTags tags, Sharing sharing) {

  /// `PUT …/tags/{tag}`: lets it name `version`.
  public Response set(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    String version = ApiBody.read(request, "version").requireText("version");
    Edit edit = Changing.edit(at, request);
    changing.attend(request, edit);
    tags.set(edit, request.variable("tag"), version);
    return Answer.done();
  }

  /// `DELETE …/tags/{tag}`.
  public Response remove(Request request) {
    Edit edit = Changing.edit(changing.at(request, Right.PUBLISH), request);
    changing.attend(request, edit);
    tags.remove(edit, request.variable("tag"));
    return Answer.done();
  }

  /// `PUT …/owners`: makes `owners` the only ones, if they are still those of `revision`.
  public Response transfer(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    JsonBody body = ApiBody.read(request, "owners", "revision");
    var owners = body.texts("owners");
    String revision = body.requireText("revision");
    Edit edit = Changing.edit(at, request);
    changing.attend(request, edit);
    sharing.owners(edit, owners, revision);
    return Answer.done();
  }

  /// `POST …/owners`: makes `user` one more.
  public Response addOwner(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    String user = ApiBody.read(request, "user").requireText("user");
    Edit edit = Changing.edit(at, request);
    changing.attend(request, edit);
    sharing.addOwner(edit, user);
    return Answer.done();
  }

  /// `DELETE …/owners/{user}`.
  public Response removeOwner(Request request) {
    Edit edit = Changing.edit(changing.at(request, Right.PUBLISH), request);
    changing.attend(request, edit);
    sharing.removeOwner(edit, request.variable("user"));
    return Answer.done();
  }
}
