package dev.gatehouse.policy.licence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ids of SPDX, as they are written and in any case.
final class SpdxIds {
  private static final String FILE = "/spdx/ids.txt";

  private final Map<String, String> licences = new HashMap<>();
  private final Map<String, String> exceptions = new HashMap<>();

  private SpdxIds() {
    Map<String, String> into = licences;
    for (String line : text().split("\n", -1)) {
      if (line.equals("# exceptions")) {
        into = exceptions;
      } else if (!line.isEmpty() && line.charAt(0) != '#') {
        into.put(line.toLowerCase(Locale.ROOT), line);
      }
    }
  }

  /// Loaded when the first licence is read.
  private static final class Loaded {
    private static final SpdxIds IDS = new SpdxIds();
  }

  static SpdxIds get() {
    return Loaded.IDS;
  }

  /// The licence id as SPDX writes it, or null; `text` in any case.
  @Nullable String licence(String text) {
    return licences.get(text.toLowerCase(Locale.ROOT));
  }

  /// The exception's id as SPDX writes it, or null; `text` in any case.
  @Nullable String exception(String text) {
    return exceptions.get(text.toLowerCase(Locale.ROOT));
  }

  private static String text() {
    try (InputStream in = SpdxIds.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the program.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
