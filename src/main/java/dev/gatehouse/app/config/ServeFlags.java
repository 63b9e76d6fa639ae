package dev.gatehouse.app.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The flags of `serve`; the rest is in the configuration file. They are a table rather than
/// annotated fields because a server that is started in the usual way reads them by itself:
/// picocli's classes are too old for the JVM's start-up cache and took a quarter of the start.
public final class ServeFlags {
  private static final String FILE = "--config";

  /// All of them, in the order in which they are explained.
  public static final List<Flag> ALL =
      List.of(
          new Flag(
              "--host", "server.host", "ADDRESS", "The address to listen on (default: 127.0.0.1)."),
          new Flag(
              "--port",
              "server.port",
              "N",
              "The port to listen on; 0 takes a free one (default: 4874)."),
          new Flag("--data", "data", "DIR", "Where everything is kept (default: data)."),
          new Flag(
              "--database",
              "database",
              "URL",
              "jdbc:postgresql://... (default: SQLite in the data directory)."),
          new Flag(
              "--base-url",
              "server.base-url",
              "URL",
              "How clients address this server (default: as each request's Host says)."),
          new Flag(
              "--domain",
              "server.domain",
              "NAME",
              "Workspaces are hosts below it, as in team.npm.example.com (default: none)."),
          new Flag(
              "--public-registry",
              "public-registry",
              "URL",
              "The public registry (default: what npm uses on this machine)."),
          new Flag(
              "--tls-cert",
              "server.tls-certificate",
              "FILE",
              "The certificate chain, PEM; read again when it changes."),
          new Flag("--tls-key", "server.tls-key", "FILE", "Its private key, PEM."),
          new Flag(FILE, "", "FILE", "A configuration file; gatehouse.sample.yaml is its manual."));

  private ServeFlags() {}

  /// A flag that takes a value.
  ///
  /// @param key of the configuration, empty for the file itself
  public record Flag(String name, String key, String label, String description) {}

  /// The values by flag, if the arguments are `serve` and nothing but flags with their values, each
  /// once. Null for everything else: help, mistakes, other spellings.
  public static @Nullable Map<String, String> plain(String[] arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < arguments.length; i += 2) {
      String name = arguments[i];
      String value = arguments[i + 1];
      boolean known = ALL.stream().anyMatch(flag -> flag.name().equals(name));
      boolean plain = !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
      if (!known || !plain || values.put(name, value) != null) {
        return null;
      }
    }
    return values;
  }

  /// The defaults, the file, the environment and the flags whose values `given` tells, in that
  /// order.
  public static Config config(Function<String, @Nullable String> given) {
    var loader = new ConfigLoader();
    String file = given.apply(FILE);
    if (file != null) {
      loader.file(Path.of(file));
    }
    Map<String, @Nullable String> flags = new HashMap<>();
    for (Flag flag : ALL) {
      if (!flag.key().isEmpty()) {
        flags.put(flag.key(), given.apply(flag.name()));
      }
    }
    return loader.environment(System.getenv()).flags(flags).load();
  }
}
