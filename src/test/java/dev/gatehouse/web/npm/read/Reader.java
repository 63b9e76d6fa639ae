package dev.gatehouse.web.npm.read;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A server, its public registry, and someone who installs from it.
final class Reader implements AutoCloseable {
  static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  final TestingClock clock = new TestingClock();
  final TestingServer server;
  final String token;

  Reader() {
    this(Map.of());
  }

  /// A server with `settings` over the usual ones.
  Reader(Map<String, String> settings) {
    server = TestingServer.start(Dialect.SQLITE, clock, settings);
    token = server.token("ada", Role.DEVELOPER);
  }

  TestingUpstream upstream() {
    return server.upstream();
  }

  /// GET with headers, given as name, value, name, value.
  TestingReply get(String path, String... headers) {
    return send("GET", server.url() + path, headers);
  }

  /// As [#get], of any method and at any address.
  TestingReply send(String method, String url, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request.build());
  }

  /// The versions that a packument lists, in its order.
  static List<String> versions(TestingReply packument) {
    return List.copyOf(
        packument.json().path("versions").properties().stream().map(one -> one.getKey()).toList());
  }

  /// A registry with those upstreams.
  Registry registry(String name, Upstreams.Target... upstreams) {
    return server.addRegistry(name, Settings.of(Registry.Kind.STANDARD), upstreams);
  }

  /// One upstream more of a registry, marked internal or not.
  void add(Registry registry, String name, Upstreams.Target target, boolean internal) {
    server
        .services()
        .upstreams()
        .add(
            new dev.gatehouse.audit.Actor.Operator(),
            registry,
            name,
            target,
            new Upstreams.Options(internal, false, dev.gatehouse.registries.Upstream.Forward.NONE));
  }

  /// A registry elsewhere, as an upstream.
  static Upstreams.External external(TestingUpstream upstream) {
    return new Upstreams.External(upstream.url(), null);
  }

  @Override
  public void close() {
    server.close();
  }
}
