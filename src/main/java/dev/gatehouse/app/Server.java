package dev.gatehouse.app;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.setup.Claim;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.app.setup.FirstStart;
import dev.gatehouse.app.setup.PublicRegistryLookup;
import dev.gatehouse.app.wiring.FeedUpkeep;
import dev.gatehouse.http.HttpServer;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.wire.Domain;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A running server on its data directory.
public final class Server implements AutoCloseable {
  private static final Duration SETUP_LINK_LIFETIME = Duration.ofHours(24);

  private final Wiring wiring;
  private final HttpServer http;
  private final Claim claim;
  private final Upkeep upkeep;
  private final FeedUpkeep feeds;
  private final boolean first;

  private Server(Wiring wiring, HttpServer http, Claim claim, boolean first) {
    this.wiring = wiring;
    this.http = http;
    this.claim = claim;
    this.upkeep =
        Upkeep.start(
            // By the machine's clock, as threads sleep.
            new Jobs(wiring.database, Clock.systemUTC(), Upkeep.LEASE),
            new Upkeep.Shared(
                wiring.unknownNameSweep(),
                wiring.downloads,
                wiring.traffic,
                wiring.withheld,
                wiring.scanner),
            claim.isAlone() ? new Upkeep.Own(wiring.orphanSweep(), wiring.lateSignatures()) : null);
    this.feeds = FeedUpkeep.start(wiring.advising);
    this.first = first;
  }

  /// Starts a server. A conflict problem if another one has the data directory or the database.
  public static Server start(Config config) throws IOException {
    return start(config, Clock.systemUTC());
  }

  /// As [#start(Config)], by another clock.
  public static Server start(Config config, Clock clock) throws IOException {
    var directory = new DataDirectory(config.data());
    Claim claim = Claim.take(config, directory);
    try {
      return start(config, wiring(config, directory, clock), claim);
    } catch (IOException | RuntimeException failure) {
      claim.close();
      throw failure;
    }
  }

  private static Server start(Config config, Wiring wiring, Claim claim) throws IOException {
    try {
      URI configured = publicRegistry(config);
      if (claim.isAlone()) {
        wiring.blobs.sweepScratch();
      }
      boolean first =
          new FirstStart(
                  wiring.registries,
                  wiring.upstreams,
                  new PublicRegistryLookup(
                      System.getenv(), Path.of(System.getProperty("user.home"))))
              .run(configured);
      HttpServer http = HttpServer.start(settings(config.server()), Routes.of(wiring));
      wiring.registries.reachedAt(addresses(config.server(), http.port()), domain(config.server()));
      wiring.jobs.start();
      wiring.messaging.jobs().start();
      Thread.startVirtualThread(wiring.reading.client()::prepare);
      return new Server(wiring, http, claim, first);
    } catch (IOException | RuntimeException failure) {
      wiring.close();
      throw failure;
    }
  }

  /// The port it listens on.
  public int port() {
    return http.port();
  }

  /// Whether this start set the data directory up.
  public boolean isFirstStart() {
    return first;
  }

  /// The public registry's address, or null if none is known.
  public @Nullable URI publicRegistry() {
    return wiring.registries.publicRegistry();
  }

  /// A new secret for the one-time link that makes the first owner.
  public String setupSecret() {
    return wiring
        .access
        .setupLink()
        .issue(new dev.gatehouse.audit.Actor.Operator(), SETUP_LINK_LIFETIME);
  }

  /// Its services.
  Wiring wiring() {
    return wiring;
  }

  /// Finishes the requests that are under way, then stops.
  @Override
  public void close() throws IOException {
    http.stop();
    feeds.close();
    upkeep.close();
    wiring.close();
    claim.close();
  }

  private static Wiring wiring(Config config, DataDirectory directory, Clock clock) {
    try {
      return new Wiring(config, directory, clock);
    } catch (IllegalArgumentException wrong) {
      // The database's URL is wrong, or nothing answers there.
      throw new ProblemException(new Problem.Malformed(String.valueOf(wrong.getMessage())));
    }
  }

  private static @Nullable URI publicRegistry(Config config) {
    String text = config.publicRegistry();
    if (text == null) {
      return null;
    }
    if (!text.matches("https?://[^/?#@\\s]+[^?#\\s]*")) {
      throw new ProblemException(
          new Problem.Malformed(
              "The public registry's address \"%s\" is none: write it as https://npm.example.com/."
                  .formatted(text)));
    }
    return URI.create(text);
  }

  /// Where clients find this server, as far as it knows itself.
  private static List<URI> addresses(Config.Server server, int port) {
    String scheme = server.tlsCertificate() == null ? "http" : "https";
    String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
    URI listening = URI.create("%s://%s:%d".formatted(scheme, host, port));
    return server.baseUrl() == null
        ? List.of(listening)
        : List.of(listening, URI.create(server.baseUrl()));
  }

  private static @Nullable Domain domain(Config.Server server) {
    return server.domain() == null ? null : new Domain(server.domain());
  }

  private static HttpSettings settings(Config.Server server) {
    return new HttpSettings(
        server.host(),
        server.port(),
        server.baseUrl(),
        domain(server),
        server.trustedProxies(),
        server.tlsCertificate(),
        server.tlsKey(),
        HttpSettings.Limits.defaults());
  }
}
