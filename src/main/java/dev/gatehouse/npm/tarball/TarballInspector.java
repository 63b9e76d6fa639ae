package dev.gatehouse.npm.tarball;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.tarball.TarballContents.Readme;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks through a tarball without unpacking it.
///
/// The danger is less in one reader's bug than in two readers' difference: what is judged here must
/// be what every client unpacks. So whatever clients read differently is refused: a second
/// package.json under another folder or in other letters, links, folders with data, bytes behind
/// the end.
public final class TarballInspector {
  private static final String MANIFEST = "package.json";
  private static final Pattern README =
      Pattern.compile("readme(\\.[a-z]+)?", Pattern.CASE_INSENSITIVE);

  /// Not code that is called so.
  private static final Pattern LICENCE =
      Pattern.compile(
          "(.*[-_.])?(un)?licen[cs]es?([-_.][^/]*)?|copying([-_.][^/]*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CODE =
      Pattern.compile(".*\\.([cm]?[jt]sx?|json|map|css|html?|tgz)", Pattern.CASE_INSENSITIVE);
  private static final int MOST_LICENCES = 10;

  private final InspectionLimits limits;
  private final List<String> licences = new ArrayList<>();
  private @Nullable ObjectNode packageJson;
  private @Nullable Readme readme;
  private int files;
  private long unpackedBytes;
  private boolean bindingGyp;
  private boolean shrinkwrap;

  private TarballInspector(InspectionLimits limits) {
    this.limits = limits;
  }

  /// What is in `tgz`, which stays as it is.
  ///
  /// @throws ProblemException if it is no tarball, a trap, or holds no readable package.json
  /// @throws IOException if the file cannot be read
  public static TarballContents inspect(Path tgz, InspectionLimits limits) throws IOException {
    var inspector = new TarballInspector(limits);
    try (var reader = new TarballReader(tgz, limits, OutputStream.nullOutputStream())) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        inspector.visit(entry, reader);
      }
    }
    return inspector.contents();
  }

  private void visit(TarballReader.Entry entry, TarballReader reader) throws IOException {
    var path = entry.path();
    if (path.mayBe(MANIFEST)) {
      if (packageJson != null || !path.inside().equals(MANIFEST) || !entry.isFile()) {
        throw TarballReader.malformed(
            "has more than one package.json, or one in other letters. Keep one.");
      }
      packageJson = PackageJson.parse(reader.read(limits.manifestBytes() + 1L), limits);
    } else if (entry.isFile() && isBetterReadme(path.inside())) {
      var text = new String(reader.read(limits.readmeBytes()), StandardCharsets.UTF_8);
      readme = new Readme(path.inside(), text);
    } else if (entry.isFile() && licences.size() < MOST_LICENCES && isLicence(path.inside())) {
      licences.add(new String(reader.read(limits.readmeBytes()), StandardCharsets.UTF_8));
    } else {
      reader.read(0);
    }
    if (entry.isFile()) {
      count(entry);
    }
  }

  private void count(TarballReader.Entry entry) {
    files++;
    unpackedBytes += entry.size();
    bindingGyp |= entry.path().mayBe("binding.gyp");
    shrinkwrap |= entry.path().mayBe("npm-shrinkwrap.json");
  }

  /// Whether a file at `inside` is the text of a licence, by its name.
  static boolean isLicence(String inside) {
    return inside.indexOf('/') < 0
        && LICENCE.matcher(inside).matches()
        && !CODE.matcher(inside).matches();
  }

  /// The first README counts, but one in Markdown before all others.
  private boolean isBetterReadme(String inside) {
    if (!README.matcher(inside).matches()) {
      return false;
    }
    return readme == null || (isMarkdown(inside) && !isMarkdown(readme.fileName()));
  }

  private static boolean isMarkdown(String fileName) {
    var name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".md") || name.endsWith(".markdown");
  }

  private TarballContents contents() {
    if (packageJson == null) {
      throw TarballReader.malformed("has no package.json in its top folder.");
    }
    return new TarballContents(
        packageJson, files, unpackedBytes, readme, licences, bindingGyp, shrinkwrap);
  }
}
