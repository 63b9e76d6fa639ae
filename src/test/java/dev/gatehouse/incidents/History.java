package dev.gatehouse.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.incidents.Outcome.Seen;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A server that lives through all incidents. `guarded` is a firewall registry as it is from the
/// start, with the delay; `strict` enforces besides, by their defaults, what judges a version by
/// itself. No rule names a package.
final class History implements AutoCloseable {
  private static final List<PolicyName> OTHERS =
      List.of(
          PolicyName.INSTALL_SCRIPTS, PolicyName.TRUST, PolicyName.EXOTIC, PolicyName.CONSISTENCY);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final List<Incident> incidents;
  private final TestingClock clock;
  private final TestingServer server;
  private final String ada;
  private final TestingRegistryKey key = TestingRegistryKey.generate();
  private final Map<String, Outcome.Making> outcomes = new LinkedHashMap<>();

  /// Something that happens at a time.
  private record Moment(Instant at, Runnable what) {}

  History(List<Incident> incidents) {
    this.incidents = incidents;
    this.clock = TestingClock.at(Instant.parse("2018-01-01T00:00:00Z"));
    this.server = TestingServer.start(Dialect.SQLITE, clock);
    this.ada = server.token("ada", Role.DEVELOPER);
    server.upstream().at("/-/npm/v1/keys").body(key.listed(null));
    guarded("guarded", List.of(PolicyName.DELAY));
    guarded("strict", OTHERS);
    learn("MAL-2018-1", TestingFeed.malwareRecord("MAL-2018-1", "something-else", "\"1.0.0\""));
  }

  private void guarded(String name, List<PolicyName> besides) {
    Registry made =
        server.addRegistry(
            name, Registry.Settings.of(Registry.Kind.FIREWALL), new Upstreams.Public());
    for (PolicyName policy : besides) {
      server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              made,
              policy,
              Mode.ENFORCE,
              JsonNodeFactory.instance.objectNode());
    }
  }

  /// What became of each, in the order of the incidents.
  List<Outcome> replay() {
    List<Moment> moments = new ArrayList<>();
    incidents.forEach(one -> plan(one, moments));
    moments.sort(Comparator.comparing(Moment::at));
    for (Moment moment : moments) {
      clock.advance(Duration.between(clock.instant(), moment.at()));
      moment.what().run();
    }
    return outcomes.values().stream().map(Outcome.Making::made).toList();
  }

  private void plan(Incident incident, List<Moment> moments) {
    var making = new Outcome.Making(incident);
    outcomes.put(incident.title(), making);
    Instant published = incident.published();
    moments.add(new Moment(published.minus(Duration.ofDays(1)), () -> before(incident)));
    moments.add(
        new Moment(
            published.plus(HALF_AN_HOUR),
            () -> {
              incident.putAt(server.upstream(), key, incident.versions());
              making.atFirst = look("guarded", incident);
              making.strict = strictly(incident);
            }));
    moments.add(
        new Moment(incident.unknown(), () -> making.stillUnknown = look("guarded", incident)));
    Incident.Advice advice = incident.advisory();
    if (advice != null) {
      moments.add(
          new Moment(
              Instant.parse(advice.published()),
              () -> {
                learn(
                    advice.id(),
                    advice.record(incidents.stream().filter(one -> one.isIn(advice)).toList()));
                making.justKnown = look("guarded", incident);
              }));
    }
    moments.add(
        new Moment(incident.afterwards(), () -> making.afterwards = look("guarded", incident)));
  }

  /// People install what is good of it.
  private void before(Incident incident) {
    List<Incident.Release> there = incident.until(clock.instant());
    incident.putAt(server.upstream(), key, there);
    if (incident.hosted() != null) {
      var own = PackageBuilder.named(incident.name()).version(incident.hosted());
      assertThat(server.put(ada, "/r/guarded/" + incident.name(), own.publishBody()).status())
          .isEqualTo(201);
    }
    for (String registry : List.of("guarded", "strict")) {
      for (Incident.Release one : incident.versions()) {
        assertThat(tarball(registry, incident.name(), one.version()).status())
            .as(incident.title() + " " + one.version())
            .isEqualTo(there.contains(one) ? 200 : 404);
      }
    }
  }

  /// What a registry makes of the evil version now: of the newest document, and of the tarball.
  private Seen look(String registry, Incident incident) {
    TestingReply document =
        server.get(ada, "/r/%s/%s?write=true".formatted(registry, incident.name()));
    boolean listed = document.json().at("/versions").has(incident.evil());
    TestingReply tarball = tarball(registry, incident.name(), incident.evil());
    TestingReply why =
        server.get(ada, "/r/%s/-/why/%s@%s".formatted(registry, incident.name(), incident.evil()));
    assertThat(listed).as("one judge: " + why.text()).isEqualTo(tarball.status() == 200);
    if (why.status() == 404) {
      return Seen.NEVER;
    }
    return Seen.of(why.json());
  }

  /// The policies, besides those that know it from others, that object to it, and those that warn.
  private Seen strictly(Incident incident) {
    server.get(ada, "/r/strict/%s?write=true".formatted(incident.name()));
    tarball("strict", incident.name(), incident.evil());
    TestingReply why =
        server.get(ada, "/r/strict/-/why/%s@%s".formatted(incident.name(), incident.evil()));
    return why.status() == 404 ? Seen.NEVER : Seen.of(why.json());
  }

  private TestingReply tarball(String registry, String name, String version) {
    return server.get(ada, "/r/" + registry + TestingPackage.tarballPath(name, version));
  }

  /// The feed that everybody has from the start learns of something.
  private void learn(String id, String record) {
    try {
      server
          .services()
          .advisories()
          .add(
              new Actor.Operator(),
              Feed.OSV,
              sink -> sink.accept(id + ".json", record.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// The paths that the public registry was asked for.
  Set<String> asked() {
    var paths = new TreeSet<String>();
    server.upstream().requests().forEach(one -> paths.add(one.path()));
    return paths;
  }

  @Override
  public void close() {
    server.close();
  }
}
