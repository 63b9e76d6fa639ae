package dev.gatehouse.install.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.tarball.TarballFiles.Listing;
import dev.gatehouse.npm.tarball.TarballFiles.TarballFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What differs between the tarballs of two versions: told from their bytes, not from what their
/// documents say.
///
/// @param files those that came, went or changed, by path; the first ones
/// @param fileCount how many there are
/// @param cut whether one of them has more files than were compared
/// @param fields of package.json that differ, without scripts and dependencies
/// @param faults what is wrong with one of the tarballs, sentences
public record Comparison(
    List<FileChange> files,
    int fileCount,
    boolean cut,
    List<Change> fields,
    List<Change> scripts,
    List<DependencyChange> dependencies,
    List<String> faults) {
  private static final int MOST_FILES = 2_000;
  private static final int MOST_CHANGES = 1_000;
  private static final int LONGEST_VALUE = 2_000;
  private static final int LONGEST_NAME = 300;
  private static final String SCRIPTS = "scripts";
  private static final List<String> DEPENDENCIES =
      List.of(
          "dependencies",
          "optionalDependencies",
          "peerDependencies",
          "bundleDependencies",
          "bundledDependencies",
          "devDependencies");

  /// Keeps its own copies.
  public Comparison {
    files = List.copyOf(files);
    fields = List.copyOf(fields);
    scripts = List.copyOf(scripts);
    dependencies = List.copyOf(dependencies);
    faults = List.copyOf(faults);
  }

  /// A file that came (`before` is null), went (`after` is null) or changed.
  public record FileChange(@Nullable TarballFile before, @Nullable TarballFile after) {}

  /// A value that came, went or changed. Of a long one the rest is cut off.
  public record Change(String name, @Nullable String before, @Nullable String after) {}

  /// A dependency that came, went, or whose range changed; `kind` is the field that it stands in.
  public record DependencyChange(String kind, Change change) {}

  /// Of two tarballs.
  static Comparison of(Listing before, Listing after) {
    List<FileChange> files = files(before, after);
    ObjectNode old = manifest(before);
    ObjectNode now = manifest(after);
    List<DependencyChange> dependencies = new ArrayList<>();
    for (String kind : DEPENDENCIES) {
      changes(old.path(kind), now.path(kind), Set.of())
          .forEach(change -> dependencies.add(new DependencyChange(kind, change)));
    }
    var apart = new TreeSet<>(DEPENDENCIES);
    apart.add(SCRIPTS);
    return new Comparison(
        files.subList(0, Math.min(MOST_FILES, files.size())),
        files.size(),
        before.files().size() < before.count() || after.files().size() < after.count(),
        changes(old, now, apart),
        changes(old.path(SCRIPTS), now.path(SCRIPTS), Set.of()),
        dependencies,
        faults(before, after));
  }

  private static List<FileChange> files(Listing before, Listing after) {
    Map<String, TarballFile> old = byPath(before);
    Map<String, TarballFile> now = byPath(after);
    var paths = new TreeSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<FileChange> changes = new ArrayList<>();
    for (String path : paths) {
      TarballFile left = old.get(path);
      TarballFile right = now.get(path);
      if (left == null || right == null || differ(left, right)) {
        changes.add(new FileChange(left, right));
      }
    }
    return changes;
  }

  private static boolean differ(TarballFile left, TarballFile right) {
    return !left.sha256().equals(right.sha256()) || left.mode() != right.mode();
  }

  /// Of two files of one name clients unpack the last.
  private static Map<String, TarballFile> byPath(Listing listing) {
    Map<String, TarballFile> files = new TreeMap<>();
    listing.files().forEach(file -> files.put(file.path(), file));
    return files;
  }

  private static ObjectNode manifest(Listing listing) {
    return Objects.requireNonNullElseGet(
        listing.packageJson(), JsonNodeFactory.instance::objectNode);
  }

  private static List<Change> changes(JsonNode old, JsonNode now, Set<String> apart) {
    var names = new TreeSet<String>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() && !old.equals(now) && !(old.isEmpty() && now.isEmpty())) {
      // Whoever wrote them made no objects of them; bundled dependencies are a list.
      return List.of(new Change("", text(old), text(now)));
    }
    names.removeAll(apart);
    return names.stream()
        .filter(name -> !old.path(name).equals(now.path(name)))
        .limit(MOST_CHANGES)
        .map(
            name -> new Change(cut(name, LONGEST_NAME), text(old.path(name)), text(now.path(name))))
        .toList();
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    return cut(value.isTextual() ? value.textValue() : value.toString(), LONGEST_VALUE);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }

  private static List<String> faults(Listing before, Listing after) {
    List<String> faults = new ArrayList<>();
    for (Listing one : List.of(before, after)) {
      if (one.fault() != null) {
        faults.add(one.fault());
      }
    }
    return faults;
  }
}
