package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.change.Revisions;
import dev.gatehouse.publish.push.Promotion;
import dev.gatehouse.publish.push.Push;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done with versions: `registries/{registry}/packages/{name}/versions/{version}`.
public record VersionsEndpoint(
    Changing changing, Revisions revisions, Promotion promotion, Tarballs tarballs) {

  /// What came of a push. `changed` is false if the same bytes were there.
  record PushedView(String version, String integrity, boolean changed) {}

  /// What came of a pull. `fetched` is false if it was there.
  record PulledView(boolean fetched, long bytes) {}

  /// `PATCH …`: deprecates it with the words `deprecated`, or, if they are empty, no longer.
  public Response deprecate(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    String message = ApiBody.read(request, "deprecated").requireText("deprecated");
    Edit edit = Changing.edit(at, request);
    changing.attend(request, edit);
    revisions.deprecate(edit, request.variable("version"), message);
    return Answer.done();
  }

  /// `DELETE …`: takes it back.
  public Response takeBack(Request request) {
    Edit edit = Changing.edit(changing.at(request, Right.UNPUBLISH_OWN), request);
    changing.attend(request, edit);
    revisions.takeBack(edit, request.variable("version"));
    return Answer.done();
  }

  /// `DELETE registries/{registry}/packages/{name}`: takes all that is published here back, if
  /// nothing was published since `revision` was read.
  public Response takeAllBack(Request request) {
    Edit edit = Changing.edit(changing.at(request, Right.UNPUBLISH_OWN), request);
    String revision = request.query("revision");
    if (revision == null) {
      throw ApiBody.malformed("\"revision\" is missing: name the one of the package that you saw.");
    }
    changing.attend(request, edit);
    revisions.takeAllBack(edit, revision);
    return Answer.done();
  }

  /// `POST …/push`: to one of the registry's upstreams that accepts it, under its own number or as
  /// another.
  public Response push(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    JsonBody body = ApiBody.read(request, "upstream", "tags", "as");
    List<String> tags = body.texts("tags");
    tags.forEach(TagName::parse);
    Version version = version(request.variable("version"));
    Version as = as(body.text("as"));
    Edit edit = Changing.edit(at, request);
    var push =
        new Push(
            at.visitor().actor(),
            at.registry(),
            edit.name(),
            version.toString(),
            Upstreams.require(at.registry(), body.requireText("upstream")),
            tags.isEmpty() ? List.of(TagName.LATEST.value()) : tags,
            version.equals(as) ? null : as);
    Push.Pushed pushed = promotion.push(edit.by(), push, Changing.code(request));
    return Answer.of(200, new PushedView(pushed.version(), pushed.integrity(), pushed.changed()));
  }

  /// `POST …/pull`: brings its bytes into the store, if they are not there.
  public Response pull(Request request) throws IOException {
    Visitors.At at = changing.at(request, Right.PUBLISH);
    var _ = ApiBody.read(request);
    Edit edit = Changing.edit(at, request);
    edit.requireNotArchived();
    Tarballs.BroughtIn in =
        tarballs.bringIn(
            at.registry(), edit.name().value(), request.variable("version"), Ask.USUAL);
    return Answer.of(200, new PulledView(in.fetched(), in.bytes()));
  }

  private static @Nullable Version as(@Nullable String text) {
    return text == null ? null : version(text);
  }

  private static Version version(String text) {
    Version version = Version.parse(text);
    if (version == null) {
      throw ApiBody.malformed("%s is no version: write it as 1.2.3.".formatted(Quoted.quote(text)));
    }
    return version.withoutBuild();
  }
}
