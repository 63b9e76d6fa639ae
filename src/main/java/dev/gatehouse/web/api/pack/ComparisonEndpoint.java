package dev.gatehouse.web.api.pack;

import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.content.Asked;
import dev.gatehouse.install.content.Comparison;
import dev.gatehouse.install.content.Comparison.Change;
import dev.gatehouse.install.content.Comparison.FileChange;
import dev.gatehouse.install.content.Contents;
import dev.gatehouse.install.content.TextDiff;
import dev.gatehouse.npm.tarball.TarballFiles.FileText;
import dev.gatehouse.npm.tarball.TarballFiles.TarballFile;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.pack.ContentsEndpoint.FileView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `registries/{registry}/packages/{name}/compare`: what differs between two versions, for whoever
/// decides whether the newer one may be trusted.
public record ComparisonEndpoint(Visitors visitors, Contents contents) {

  /// A file that came, went or changed.
  record FileChangeView(@Nullable FileView before, @Nullable FileView after) {
    static FileChangeView of(FileChange change) {
      return new FileChangeView(view(change.before()), view(change.after()));
    }

    private static @Nullable FileView view(@Nullable TarballFile file) {
      return file == null ? null : FileView.of(file);
    }
  }

  /// A dependency that came, went, or whose range changed.
  record DependencyView(
      String kind, String name, @Nullable String before, @Nullable String after) {}

  /// What differs. `cut` says that one of them has more files than were compared.
  record ComparisonView(
      List<FileChangeView> files,
      int fileCount,
      boolean cut,
      List<Change> fields,
      List<Change> scripts,
      List<DependencyView> dependencies,
      List<String> faults) {
    static ComparisonView of(Comparison one) {
      return new ComparisonView(
          one.files().stream().map(FileChangeView::of).toList(),
          one.fileCount(),
          one.cut(),
          one.fields(),
          one.scripts(),
          one.dependencies().stream()
              .map(it ->
                  new DependencyView(
                      it.kind(), it.change().name(), it.change().before(), it.change().after()))
              .toList(),
          one.faults());
    }
  }

  /// A line. `kind` is `same`, `removed` or `added`.
  record LineView(String kind, String text) {}

  /// Lines that follow one another, from those numbers on.
  record HunkView(int before, int after, List<LineView> lines) {}

  /// What differs between two files. `text` is false if one of them is none; `cut` says that there
  /// is more.
  record DifferenceView(boolean text, List<HunkView> hunks, int added, int removed, boolean cut) {}

  /// `GET registries/{registry}/packages/{name}/compare` between `before` and `after`.
  public Response compare(Request request) {
    Asked asked = ContentsEndpoint.asked(visitors, request);
    return Answer.of(
        200,
        ComparisonView.of(
            contents.compare(asked, required(request, "before"), required(request, "after"))));
  }

  /// `GET registries/{registry}/packages/{name}/compare/text`: of one file in each, `beforeFile`
  /// and `afterFile`; one of them may be missing.
  public Response text(Request request) {
    Asked asked = ContentsEndpoint.asked(visitors, request);
    FileText before = file(request, asked, "before");
    FileText after = file(request, asked, "after");
    if (before == null && after == null) {
      throw ApiBody.malformed("Name \"beforeFile\", \"afterFile\" or both.");
    }
    TextDiff diff = contents.difference(before, after);
    boolean cut = isCut(before) || isCut(after);
    return Answer.of(
        200,
        diff == null
            ? new DifferenceView(false, List.of(), 0, 0, cut)
            : new DifferenceView(
                true,
                diff.hunks().stream().map(ComparisonEndpoint::view).toList(),
                diff.added(),
                diff.removed(),
                cut || diff.cut()));
  }

  private static boolean isCut(@Nullable FileText text) {
    return text != null && text.cut();
  }

  private @Nullable FileText file(Request request, Asked asked, String side) {
    String version = required(request, side);
    String number = request.query(side + "File");
    return number == null ? null : contents.text(asked, version, ContentsEndpoint.number(number));
  }

  private static HunkView view(TextDiff.Hunk hunk) {
    return new HunkView(
        hunk.before(),
        hunk.after(),
        hunk.lines().stream()
            .map(line -> new LineView(ApiBody.word(line.kind()), line.text()))
            .toList());
  }

  private static String required(Request request, String parameter) {
    String value = request.query(parameter);
    if (value == null || value.isEmpty()) {
      throw ApiBody.malformed("\"%s\" is missing: name a version.".formatted(parameter));
    }
    return value;
  }
}
