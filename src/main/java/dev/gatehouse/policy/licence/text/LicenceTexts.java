package dev.gatehouse.policy.licence.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The texts of the commonest licences. A file is a licence if it says what SPDX's text says but
/// for a few words, as names are; more of them might be a clause that changes it.
public final class LicenceTexts {
  private static final String FILE = "/spdx/texts.txt";
  private static final String MARK = "=== ";
  private static final List<String> END = List.of("end", "of", "terms", "and", "conditions");
  private static final int LEAST = 8;
  private static final int MOST = 40;

  private final List<Template> templates = new ArrayList<>();

  private record Template(String id, Shingles shingles) {
    /// How many runs of words may differ.
    int tolerance() {
      return Math.clamp(shingles.size() * 3L / 100, LEAST, MOST);
    }
  }

  private LicenceTexts(String texts) {
    for (String section : texts.split("(?m)^" + MARK, -1)) {
      int line = section.indexOf('\n');
      if (line > 0 && section.charAt(0) != '#') {
        add(section.substring(0, line).strip(), Wording.of(section.substring(line)));
      }
    }
  }

  /// What stands behind the terms, on how to apply them, is left out by many.
  private void add(String id, List<String> words) {
    templates.add(new Template(id, Shingles.of(words)));
    int end = java.util.Collections.indexOfSubList(words, END);
    if (end > 0) {
      templates.add(new Template(id, Shingles.of(words.subList(0, end + END.size()))));
      templates.add(new Template(id, Shingles.of(words.subList(0, end))));
    }
  }

  /// Read when the first text is asked about.
  private static final class Loaded {
    private static final LicenceTexts TEXTS = new LicenceTexts(resource());
  }

  /// The id of the licence that `text` is, as SPDX writes it, or null. Of licences whose text is
  /// one and the same, `-only` and `-or-later`, the first.
  public static @Nullable String recognise(String text) {
    return Loaded.TEXTS.find(Shingles.of(Wording.of(text)));
  }

  /// The ids of those that are recognised.
  static List<String> ids() {
    return Loaded.TEXTS.templates.stream().map(Template::id).distinct().toList();
  }

  private @Nullable String find(Shingles asked) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (Template one : templates) {
      int different = different(one, asked);
      if (different <= one.tolerance() && different < least) {
        best = one.id();
        least = different;
      }
    }
    return best;
  }

  private static int different(Template one, Shingles asked) {
    if (Math.abs(one.shingles().size() - asked.size()) > MOST) {
      return Integer.MAX_VALUE;
    }
    int larger = Math.max(one.shingles().size(), asked.size());
    return larger - one.shingles().shared(asked);
  }

  private static String resource() {
    try (InputStream in = LicenceTexts.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the program.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
