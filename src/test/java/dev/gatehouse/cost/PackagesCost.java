package dev.gatehouse.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long the API takes to list packages of a registry that holds 100,000 of them, half of them
/// published there and half cached, on both databases: by the time on the clock, from the request
/// to the last byte of 25 packages, as the web app asks for them.
final class PackagesCost {
  private static final int ROUNDS = 60;

  /// What is asked for, by what it is.
  private static final Map<String, String> CASES = new LinkedHashMap<>();

  static {
    CASES.put("first part", "");
    CASES.put("changed last", "&sort=changed");
    CASES.put("search: a common word", "&search=pad");
    CASES.put("search: one package", "&search=" + PackagesGround.name(77_777));
    CASES.put("search: three words", "&search=left%20pad%20777");
    CASES.put("search: none", "&search=nothing-like-it");
    CASES.put("hosted", "&origin=hosted");
    CASES.put("cached", "&origin=cached");
    CASES.put("internal", "&origin=internal");
    CASES.put("withheld", "&state=withheld");
    CASES.put("quarantined", "&state=quarantined");
    CASES.put("vulnerable", "&state=vulnerable");
    CASES.put("vulnerable, changed last", "&state=vulnerable&sort=changed");
    CASES.put("licence: of most", "&licence=MIT");
    CASES.put("licence: of few", "&licence=WTFPL");
    CASES.put("internal, vulnerable, a word", "&origin=internal&state=vulnerable&search=pad");
  }

  private final TestingServer server;
  private final String token;

  private PackagesCost(TestingServer server) {
    this.server = server;
    this.token = server.token("ada", Role.DEVELOPER);
  }

  static void run() {
    for (Dialect dialect : Dialect.values()) {
      try (TestingServer server = TestingServer.start(dialect, Clock.systemUTC())) {
        new PackagesCost(server).measure(dialect);
      }
    }
  }

  private void measure(Dialect dialect) {
    var meter = Meter.start();
    new PackagesGround(server.services().database(), server.registry()).fill();
    if (dialect == Dialect.POSTGRESQL) {
      // As it does by itself within a minute.
      server.services().database().write(handle -> handle.execute("ANALYZE"));
    }
    server.addRegistry(
        "above",
        Registry.Settings.of(Registry.Kind.STANDARD),
        new Upstreams.Here(server.registry()));
    Meter.say("packages: %s: filled in %s", dialect, meter);
    CASES.forEach((what, query) -> measure(dialect, what, "default", query));
    measure(dialect, "deep", "default", "&cursor=" + deep("default", ""));
    String changed = "&sort=changed";
    String behind = changed + "&cursor=" + deep("default", changed);
    measure(dialect, "changed last, deep", "default", behind);
    measure(dialect, "first part, of two registries", "above", "");
    measure(dialect, "changed last, of two registries", "above", changed);
    Meter.say("packages: %s: load %.1f", dialect, Meter.load());
  }

  /// The cursor behind some hundreds of packages in the middle of the list.
  private String deep(String registry, String query) {
    String cursor = PackagesGround.cursor(query.isEmpty());
    for (int i = 0; i < 3; i++) {
      cursor =
          ask(registry, query + "&cursor=" + cursor + "&limit=200").json().path("next").asText();
    }
    return cursor;
  }

  private void measure(Dialect dialect, String what, String registry, String query) {
    store(ask(registry, query).json());
    double[] took = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      var meter = Meter.start();
      ask(registry, query);
      took[round] = meter.wall() / 1e6;
    }
    double median = Meter.median(took, ROUNDS);
    double first = took[0];
    Arrays.sort(took);
    Meter.say(
        "packages: %-10s %-34s median %6.1f ms, 95 %% within %6.1f ms, the first %6.1f ms",
        dialect, what, median, took[ROUNDS * 95 / 100], first);
  }

  /// Documents of what is cached are in the store, as they are where a tarball was fetched.
  private void store(JsonNode list) {
    for (JsonNode one : list.path("items")) {
      String name = one.path("name").asText();
      if (!one.path("hosted").asBoolean() && one.path("version").isNull()) {
        TestingPackument.of(name)
            .version("1.0.0")
            .version("1.1.0")
            .version("1.2.0")
            .putAt(server.upstream());
        require(server.get(token, "/r/default/" + name));
      }
    }
  }

  private TestingReply ask(String registry, String query) {
    String limit = query.contains("limit=") ? "" : "limit=25";
    return require(
        server.get(token, "/api/v1/registries/" + registry + "/packages?" + limit + query));
  }

  private static TestingReply require(TestingReply reply) {
    if (reply.status() != 200) {
      throw new IllegalStateException(reply.toString());
    }
    return reply;
  }
}
