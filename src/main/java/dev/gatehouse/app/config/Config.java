package dev.gatehouse.app.config;

import dev.gatehouse.advisories.feed.FeedSettings;
import dev.gatehouse.http.wire.Domain;
import dev.gatehouse.install.AheadSettings;
import dev.gatehouse.install.attestation.SigstoreSettings;
import dev.gatehouse.install.document.Freshness;
import dev.gatehouse.notify.hook.WebhookSettings;
import dev.gatehouse.notify.mail.MailSettings;
import dev.gatehouse.packages.download.DownloadSettings;
import dev.gatehouse.upstream.source.UpstreamLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, with the features' own records nested. `gatehouse.sample.yaml` is
/// its manual and equals the defaults.
///
/// @param data the directory that holds everything of this server
/// @param database a JDBC URL; null means SQLite in `data`
/// @param publicRegistry where the public registry is; null means what was found at set-up
public record Config(
    Server server,
    Path data,
    @Nullable String database,
    @Nullable String publicRegistry,
    Freshness documents,
    UpstreamLimits.Times upstreams,
    Memory memory,
    Limits limits,
    AheadSettings ahead,
    FeedSettings advisories,
    SigstoreSettings sigstore,
    DownloadSettings downloads,
    WebhookSettings webhooks,
    MailSettings mail,
    Log log) {

  /// How the server listens.
  ///
  /// @param port 0 takes a free one
  /// @param baseUrl how clients address it, if the Host header is not to say that
  /// @param domain below which every workspace has a host of its own; null: they have none
  /// @param trustedProxies addresses whose X-Forwarded headers are believed, as CIDR blocks
  public record Server(
      String host,
      int port,
      @Nullable String baseUrl,
      @Nullable String domain,
      List<String> trustedProxies,
      @Nullable Path tlsCertificate,
      @Nullable Path tlsKey) {

    /// Refuses a domain that is none, or that stands beside a base URL with a path.
    public Server {
      if (domain != null) {
        domain = new Domain(domain).name();
        if (baseUrl != null && baseUrl.matches("https?://[^/]*/+[^/].*")) {
          throw new ConfigException(
              "server.base-url has a path, which the hosts of workspaces have not: leave out that"
                  + " path, or server.domain.");
        }
      }
    }
  }

  /// What finished answers and documents may take in memory.
  public record Memory(int renderedMegabytes, int indexMegabytes) {}

  /// What one package may cost.
  ///
  /// @param tarballMegabytes a tarball, as it travels
  /// @param unpackedMegabytes its files together
  /// @param files their number
  public record Limits(int tarballMegabytes, int unpackedMegabytes, int files) {}

  /// How the server writes its log.
  ///
  /// @param format `text`, `json`, or `auto`: text on a terminal and JSON otherwise
  public record Log(String format, String level) {
    private static final List<String> FORMATS = List.of("auto", "text", "json");
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

    /// Refuses words that mean nothing.
    public Log {
      if (!FORMATS.contains(format)) {
        throw new ConfigException(
            "log.format is \"%s\": use one of %s.".formatted(format, String.join(", ", FORMATS)));
      }
      if (!LEVELS.contains(level)) {
        throw new ConfigException(
            "log.level is \"%s\": use one of %s.".formatted(level, String.join(", ", LEVELS)));
      }
    }
  }

  /// What holds where nobody says otherwise.
  public static Config defaults() {
    return new Config(
        new Server("127.0.0.1", 4874, null, null, List.of(), null, null),
        Path.of("data"),
        null,
        null,
        Freshness.defaults(),
        UpstreamLimits.defaults().times(),
        new Memory(40, 16),
        new Limits(512, 2048, 100_000),
        AheadSettings.defaults(),
        FeedSettings.defaults(),
        SigstoreSettings.defaults(),
        DownloadSettings.defaults(),
        WebhookSettings.defaults(),
        MailSettings.defaults(),
        new Log("auto", "info"));
  }

  /// The JDBC URL of the database.
  public String jdbcUrl() {
    return database != null ? database : "jdbc:sqlite:" + data.resolve("gatehouse.db");
  }

  /// Without the secrets that the database's URL may hold.
  @Override
  public String toString() {
    return "Config[server=%s, data=%s, database=%s, publicRegistry=%s, documents=%s, upstreams=%s, memory=%s, limits=%s, ahead=%s, advisories=%s, sigstore=%s, downloads=%s, webhooks=%s, mail=%s, log=%s]"
        .formatted(
            server,
            data,
            masked(database),
            publicRegistry,
            documents,
            upstreams,
            memory,
            limits,
            ahead,
            advisories,
            sigstore,
            downloads,
            webhooks,
            mail,
            log);
  }

  private static @Nullable String masked(@Nullable String url) {
    return url == null
        ? null
        : url.replaceFirst("//[^/@]*@", "//***@").replaceAll("(?i)(password=)[^&]*", "$1***");
  }
}
