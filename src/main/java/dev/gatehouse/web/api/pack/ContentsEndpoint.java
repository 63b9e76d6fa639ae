package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.content.Asked;
import dev.gatehouse.install.content.Contents;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.tarball.TarballFiles.FileText;
import dev.gatehouse.npm.tarball.TarballFiles.Listing;
import dev.gatehouse.npm.tarball.TarballFiles.TarballFile;
import dev.gatehouse.web.Addressed;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Approvers;
import dev.gatehouse.web.api.Visitors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/packages/{name}/versions/{version}/files`: what is in a tarball. All of
/// it is told as JSON, whatever it is, so that no browser takes it for a page.
public record ContentsEndpoint(Visitors visitors, Contents contents) {

  /// A file as the API shows it. `mode` is octal.
  record FileView(int number, String path, long size, String mode, boolean licence, String sha256) {
    static FileView of(TarballFile file) {
      return new FileView(
          file.number(),
          file.path(),
          file.size(),
          Integer.toOctalString(file.mode()),
          file.licence(),
          file.sha256());
    }
  }

  /// The files of a version.
  ///
  /// @param count how many there are; the first ones are listed
  /// @param fault what is wrong with the tarball; null if nothing is
  record FilesView(List<FileView> files, int count, long unpackedBytes, @Nullable String fault) {}

  /// One file. `text` is null if it is none, and its first part if it is `cut`.
  record TextView(FileView file, @Nullable String text, boolean cut) {}

  /// `GET registries/{registry}/packages/{name}/versions/{version}/files`.
  public Response list(Request request) {
    Listing listing = contents.list(asked(visitors, request), request.variable("version"));
    return Answer.of(
        200,
        new FilesView(
            listing.files().stream().map(FileView::of).toList(),
            listing.count(),
            listing.unpackedBytes(),
            listing.fault()));
  }

  /// `GET registries/{registry}/packages/{name}/versions/{version}/files/{file}`.
  public Response text(Request request) {
    Asked asked = asked(visitors, request);
    FileText text =
        contents.text(asked, request.variable("version"), number(request.variable("file")));
    return Answer.of(200, new TextView(FileView.of(text.file()), text.text(), text.cut()));
  }

  static Asked asked(Visitors visitors, Request request) {
    Visitors.At at = visitors.at(request, Right.READ);
    PackageName name = PackageName.parse(request.variable("name"));
    return new Asked(
        at.registry(), Addressed.of(request, at.registry()), name.value(), decides(at));
  }

  /// Whoever releases quarantined versions, or decides on exceptions.
  static boolean decides(Visitors.At at) {
    return at.visitor().may(at.registry(), Right.MANAGE_REGISTRIES)
        || Approvers.mayDecide(at.visitor(), at.registry());
  }

  static int number(String text) {
    if (!text.matches("\\d{1,6}")) {
      throw ApiBody.malformed("A file is named by its number, which the list of files tells.");
    }
    return Integer.parseInt(text);
  }
}
