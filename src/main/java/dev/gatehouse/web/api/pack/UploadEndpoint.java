package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.TagName;
import dev.gatehouse.npm.publish.PackedPublication;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.tarball.ScratchTarball;
import dev.gatehouse.npm.tarball.TarballInspector;
import dev.gatehouse.problem.Room;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing.Outcome;
import dev.gatehouse.publish.version.PublishSettings;
import dev.gatehouse.publish.version.Publisher;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/// `POST registries/{registry}/packages`: publishes a tarball as `npm pack` makes it, which is the
/// body. What a client would say of it is read in its package.json, and it is published as if one
/// had.
public final class UploadEndpoint {
  private static final int AT_ONCE = 8;

  private final Changing changing;
  private final Receipt receipt;
  private final Room room =
      new Room(
          AT_ONCE,
          "Too many packages are being published. Try again in a moment.",
          Duration.ofSeconds(5));

  /// How versions are received and published.
  public record Receipt(Publisher publisher, Blobs blobs, PublishSettings settings) {}

  /// What was published. `changed` is false if the same was there.
  record UploadedView(String name, String version, String integrity, boolean changed) {}

  /// Receives by `receipt`.
  public UploadEndpoint(Changing changing, Receipt receipt) {
    this.changing = changing;
    this.receipt = receipt;
  }

  /// Publishes it and lets `tag`, usually `latest`, name it.
  public Response publish(Request request) throws IOException {
    Visitors.At at = changing.publisher(request);
    String tag = Objects.requireNonNullElse(request.query("tag"), TagName.LATEST.value());
    long limit = receipt.settings().document().tarballBytes();
    return room.with(() -> {
      try (InputStream body = request.body(limit);
          var tarball =
              ScratchTarball.receive(receipt.blobs().scratch(), limit, body::transferTo)) {
        return publish(request, at, tarball, tag);
      }
    });
  }

  private Response publish(Request request, Visitors.At at, ScratchTarball tarball, String tag)
      throws IOException {
    var contents = TarballInspector.inspect(tarball.path(), receipt.settings().tarball());
    Publication publication = PackedPublication.of(tarball, contents, tag);
    Edit edit = Changing.edit(at, publication.name());
    edit.require(Right.PUBLISH);
    edit.requireNotArchived();
    changing.attend(request, edit);
    Outcome outcome = receipt.publisher().publish(edit, publication);
    return Answer.of(
        outcome.changed() ? 201 : 200,
        new UploadedView(
            publication.name().value(),
            publication.version().toString(),
            tarball.integrity(),
            outcome.changed()));
  }
}
