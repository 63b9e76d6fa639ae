package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A hundred registries over one store, each with policies of its own, drawn at random, and asked
/// by several at once in any order: each serves what its own policies leave and nothing else, and
/// the bytes are there once. What a policy leaves is told here from how the packages were made, not
/// by the judge. A failure names its seed; `-Drandom.seed=…` tries that one.
final class ManyRegistriesTest {
  private static final int REGISTRIES = 100;
  private static final int PACKAGES = 3;
  private static final int VERSIONS = 5;
  private static final int CHANGED = 15;
  private static final int AT_ONCE = 6;
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final String YESTERDAY = "2026-11-21T12:00:00.000Z";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final long seed = Long.getLong("random.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Map<Spec, Set<Trait>> made = new LinkedHashMap<>();
  private final Map<Spec, byte[]> tarballs = new LinkedHashMap<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /// What anybody got.
  private final Set<Spec> served = ConcurrentHashMap.newKeySet();

  private boolean changing;

  @AutoClose private final Reader reader = new Reader();

  private record Spec(String name, String version) {}

  /// What somebody may object to.
  private enum Trait {
    YOUNG,
    COPYLEFT,
    SCRIPTED,
    EXOTIC
  }

  /// What a registry objects to: these traits, and these versions by name.
  private record Rule(Set<Trait> traits, Set<Spec> listed) {
    boolean leaves(Spec spec, Set<Trait> its) {
      return !listed.contains(spec) && Collections.disjoint(traits, its);
    }
  }

  @Test
  void eachServesWhatItsOwnPoliciesLeaveAndTheBytesAreThereOnce() throws Exception {
    for (int number = 0; number < PACKAGES; number++) {
      make("pad-" + number);
    }
    for (int number = 0; number < REGISTRIES; number++) {
      Registry registry = reader.registry("team-" + number, new Upstreams.Public());
      rule(registry.name(), draw());
    }

    askAll(List.copyOf(rules.keySet()), true);

    List<String> some = new ArrayList<>(rules.keySet());
    Collections.shuffle(some, random);
    changing = true;
    some.subList(0, CHANGED).forEach(name -> rule(name, draw()));
    askAll(List.copyOf(rules.keySet()), false);
    askAll(some.subList(0, CHANGED), true);
    // Closing waits until what was fetched is settled.
    reader.server.restart();
    assertThat(reader.server.blobs())
        .as("%s: one copy of each document and of each tarball that anybody may have", told())
        .hasSize(PACKAGES + served.size());
    assertThat(served)
        .as(told())
        .isNotEmpty()
        .allSatisfy(spec -> assertThat(reader.upstream().requests(path(spec))).hasSize(1));
  }

  /// By any path, in any order.
  private void askAll(List<String> registries, boolean tarballs) throws Exception {
    List<Callable<Void>> questions = new ArrayList<>();
    for (String registry : registries) {
      for (int number = 0; number < PACKAGES; number++) {
        String name = "pad-" + number;
        String accept = random.nextBoolean() ? "application/json" : Reader.ABBREVIATED;
        questions.add(() -> document(registry, name, accept));
      }
      for (Spec spec : made.keySet()) {
        if (tarballs && random.nextInt(3) == 0) {
          questions.add(() -> tarball(registry, spec));
        }
      }
    }
    Collections.shuffle(questions, random);
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Void> answer : threads.invokeAll(questions)) {
        require(answer);
      }
    }
  }

  private void require(Future<Void> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException wrong) {
      throw new AssertionError(told(), wrong.getCause());
    }
  }

  private Void document(String registry, String name, String accept) {
    List<String> left =
        made.keySet().stream()
            .filter(spec -> spec.name().equals(name) && leaves(registry, spec))
            .map(Spec::version)
            .sorted()
            .toList();
    TestingReply reply = reader.get("/r/" + registry + "/" + name, "accept", accept);
    if (left.isEmpty()) {
      assertThat(reply.status()).as(registry + " " + name).isEqualTo(403);
      assertThat(reply.error()).contains("/r/" + registry + "/-/why/" + name);
      return null;
    }
    assertThat(Reader.versions(reply)).as(registry + " " + name).containsExactlyElementsOf(left);
    assertThat(reply.json().at("/dist-tags/latest").asText()).isEqualTo(left.getLast());
    for (String version : left) {
      assertThat(reply.json().at("/versions/" + version + "/dist/tarball").asText())
          .isEqualTo(reader.server.url() + "/r/" + registry + path(new Spec(name, version)));
    }
    return null;
  }

  private Void tarball(String registry, Spec spec) {
    TestingReply reply = reader.get("/r/" + registry + path(spec));
    if (leaves(registry, spec)) {
      assertThat(reply.status()).as(registry + " " + spec + " " + reply).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(tarballs.get(spec));
      served.add(spec);
    } else {
      assertThat(reply.status()).as(registry + " " + spec).isEqualTo(403);
      assertThat(reply.error()).contains("/r/" + registry + "/-/why/");
    }
    return null;
  }

  private boolean leaves(String registry, Spec spec) {
    return Objects.requireNonNull(rules.get(registry))
        .leaves(spec, Objects.requireNonNull(made.get(spec)));
  }

  private String told() {
    return "-Drandom.seed=" + seed;
  }

  private static String path(Spec spec) {
    return TestingPackage.tarballPath(spec.name(), spec.version());
  }

  private void make(String name) {
    TestingPackument packument = TestingPackument.of(name);
    Map<Spec, Set<Trait>> drawn = new LinkedHashMap<>();
    for (int number = 0; number < VERSIONS; number++) {
      Set<Trait> traits = traits(3);
      packument.version(
          "1." + number + ".0",
          traits.contains(Trait.YOUNG) ? YESTERDAY : OLD,
          manifest -> describe(manifest, traits));
      drawn.put(new Spec(name, "1." + number + ".0"), traits);
    }
    made.putAll(drawn);
    drawn.keySet().forEach(spec -> tarballs.put(spec, packument.tarball(spec.version())));
    packument.putAt(reader.upstream());
  }

  /// Each with a chance of one in `in`.
  private Set<Trait> traits(int in) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Trait one : Trait.values()) {
      if (random.nextInt(in) == 0) {
        traits.add(one);
      }
    }
    return traits;
  }

  private static void describe(ObjectNode manifest, Set<Trait> traits) {
    manifest.put("license", traits.contains(Trait.COPYLEFT) ? "AGPL-3.0-only" : "MIT");
    if (traits.contains(Trait.SCRIPTED)) {
      manifest.putObject("scripts").put("postinstall", "node x.js");
    }
    if (traits.contains(Trait.EXOTIC)) {
      manifest.putObject("dependencies").put("far", "git+https://far.test/x");
    }
  }

  private Rule draw() {
    Set<Spec> listed =
        made.keySet().stream().filter(_ -> random.nextInt(4) == 0).collect(Collectors.toSet());
    return new Rule(traits(4), listed);
  }

  private void rule(String registry, Rule rule) {
    rules.put(registry, rule);
    set(registry, PolicyName.DELAY, rule.traits().contains(Trait.YOUNG), "{'age':'3d'}");
    set(
        registry,
        PolicyName.LICENCES,
        rule.traits().contains(Trait.COPYLEFT),
        "{'rules':[{'licence':'AGPL-*','action':'block','severity':'high'}]}");
    set(
        registry,
        PolicyName.INSTALL_SCRIPTS,
        rule.traits().contains(Trait.SCRIPTED),
        "{'implicit':false}");
    set(registry, PolicyName.EXOTIC, rule.traits().contains(Trait.EXOTIC), "{}");
    String list =
        rule.listed().stream()
            .map(spec -> "'" + spec.name() + "@" + spec.version() + "'")
            .collect(Collectors.joining(","));
    set(registry, PolicyName.BLOCK_LIST, !rule.listed().isEmpty(), "{'list':[" + list + "]}");
  }

  /// Those that are off were never set, unless the registry had another rule before.
  private void set(String registry, PolicyName policy, boolean on, String settings) {
    if (!on && !changing) {
      return;
    }
    try {
      reader
          .server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              reader.server.registry(registry),
              policy,
              on ? Mode.ENFORCE : Mode.OFF,
              (ObjectNode) MAPPER.readTree(settings.replace('\'', '"')));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
