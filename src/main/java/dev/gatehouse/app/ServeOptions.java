package dev.gatehouse.app;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.config.ConfigLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of `serve`; the rest is in the configuration file.
final class ServeOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on; 0 takes a free one (default: 4874).")
  private @Nullable String port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: data).")
  private @Nullable String data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "jdbc:postgresql://... (default: SQLite in the data directory).")
  private @Nullable String database;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "How clients address this server (default: as each request's Host says).")
  private @Nullable String baseUrl;

  @Option(
      names = "--public-registry",
      paramLabel = "URL",
      description = "The public registry (default: what npm uses on this machine).")
  private @Nullable String publicRegistry;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate chain, PEM; read again when it changes.")
  private @Nullable String tlsCertificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM.")
  private @Nullable String tlsKey;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration file; gatehouse.sample.yaml is its manual.")
  private @Nullable Path file;

  /// The defaults, the file, the environment and these flags, in that order.
  Config config() {
    var loader = new ConfigLoader();
    if (file != null) {
      loader.file(file);
    }
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("server.host", host);
    flags.put("server.port", port);
    flags.put("server.base-url", baseUrl);
    flags.put("server.tls-certificate", tlsCertificate);
    flags.put("server.tls-key", tlsKey);
    flags.put("data", data);
    flags.put("database", database);
    flags.put("public-registry", publicRegistry);
    return loader.environment(System.getenv()).flags(flags).load();
  }
}
