package dev.gatehouse.app.setup;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the registry that npm on this machine uses: the environment, else the npmrc files, else
/// what npm itself says. The code never spells the public registry's address.
public final class PublicRegistryLookup {
  private static final int NPM_SECONDS = 20;

  private final Map<String, String> environment;
  private final Path home;

  /// Looks in `environment` and in the npmrc of `home`.
  public PublicRegistryLookup(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  /// The registry's URL, or null if none was found.
  public @Nullable URI find() {
    return Stream.<Lookup>of(this::inEnvironment, this::inFiles, this::askNpm)
        .map(Lookup::look)
        .filter(found -> found != null && isWeb(found))
        .findFirst()
        .map(URI::create)
        .orElse(null);
  }

  private interface Lookup {
    @Nullable String look();
  }

  private @Nullable String inEnvironment() {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals("npm_config_registry"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String inFiles() {
    String named = environment.get("npm_config_userconfig");
    Path file = named == null ? home.resolve(".npmrc") : Path.of(named);
    if (!Files.isReadable(file)) {
      return null;
    }
    try (Stream<String> lines = Files.lines(file)) {
      List<String> values =
          lines
              .map(String::strip)
              .filter(line -> line.matches("registry\\s*=.*"))
              .map(line -> line.substring(line.indexOf('=') + 1).strip())
              .map(value -> value.replaceAll("^[\"']|[\"']$", ""))
              .toList();
      return values.isEmpty() ? null : values.getLast();
    } catch (IOException _) {
      return null;
    }
  }

  private @Nullable String askNpm() {
    try {
      Process npm =
          new ProcessBuilder("npm", "config", "get", "registry")
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      try (var out = npm.getInputStream()) {
        if (!npm.waitFor(NPM_SECONDS, TimeUnit.SECONDS)) {
          npm.destroyForcibly();
          return null;
        }
        return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static boolean isWeb(String url) {
    return url.startsWith("https://") || url.startsWith("http://");
  }
}
