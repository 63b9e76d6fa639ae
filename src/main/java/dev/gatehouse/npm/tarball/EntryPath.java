package dev.gatehouse.npm.tarball;

import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem.Malformed;
import dev.gatehouse.problem.ProblemException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where an entry would be unpacked.
///
/// @param inside its path below the package's folder: the first component, whatever it is called,
///   is cut off as all clients do. Empty for that folder itself and for what lies beside it
record EntryPath(String inside) {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  /// Refuses a `name` that could be unpacked outside of the package's folder on any system.
  static EntryPath of(String name) {
    if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw outside(name);
    }
    var parts = name.split("/", -1);
    var inside = new ArrayList<String>();
    for (var i = 0; i < parts.length; i++) {
      if (parts[i].equals("..") || (i <= 1 && DRIVE.matcher(parts[i]).matches())) {
        throw outside(name);
      }
      if (i > 0 && !parts[i].isEmpty() && !parts[i].equals(".")) {
        inside.add(parts[i]);
      }
    }
    return new EntryPath(String.join("/", inside));
  }

  /// Whether a file system that ignores case or composes letters takes this for `file`.
  boolean mayBe(String file) {
    return folded(inside).equals(folded(file));
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static ProblemException outside(String name) {
    return new ProblemException(
        new Malformed(
            "The tarball has a file named "
                + Quoted.quote(name)
                + ", which could be unpacked outside of the package's folder. Remove or rename it."));
  }
}
