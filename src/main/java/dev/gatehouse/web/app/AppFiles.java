package dev.gatehouse.web.app;

import dev.gatehouse.http.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The files of the web app, which the build has compressed and listed. What was asked for once
/// stays in memory: all of them together are a few hundred kilobytes.
final class AppFiles {
  private static final String FOLDER = "/app/";

  private final Set<String> names;
  private final Map<String, Content> read = new ConcurrentHashMap<>();

  AppFiles() {
    try (InputStream list = AppFiles.class.getResourceAsStream(FOLDER + "files.txt")) {
      names =
          list == null
              ? Set.of()
              : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                  .lines()
                  .collect(Collectors.toUnmodifiableSet());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Whether the app was built at all.
  boolean areThere() {
    return !names.isEmpty();
  }

  /// Whether there is a file of that name.
  boolean has(String name) {
    return names.contains(name);
  }

  /// The bytes of a file in a coding (`br`, `gzip`, or none), if they were read before; else null.
  @Nullable Content warm(String name, String coding) {
    return read.get(name + suffix(coding));
  }

  /// The bytes of a file that is there.
  Content get(String name, String coding) {
    return read.computeIfAbsent(name + suffix(coding), AppFiles::load);
  }

  private static String suffix(String coding) {
    return switch (coding) {
      case "br" -> ".br";
      case "gzip" -> ".gz";
      default -> "";
    };
  }

  private static Content load(String file) {
    try (InputStream bytes = AppFiles.class.getResourceAsStream(FOLDER + file)) {
      if (bytes == null) {
        throw new IllegalStateException("The build has lost the web app's " + file);
      }
      return Content.of(bytes.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
