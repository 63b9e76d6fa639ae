package dev.gatehouse.app.command.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.app.Main;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.RandomPolicies;
import dev.gatehouse.testing.RandomPolicies.Wanted;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a dry run foretells is what enforcing then does. The clock stands at 2026-11-22T12:00:00Z.
final class DryRunTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final int ROUNDS = 14;

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE, clock);
  private final String token = server.token("ada", Role.DEVELOPER);
  private final Set<String> stocked = new TreeSet<>();
  @TempDir private Path directory;

  @Test
  void whatItForetellsIsWhatEnforcingDoes() throws IOException {
    stage();
    fetchAll("top");
    Path lockfile = lockfile();
    var random = new Random(20261122);
    Set<String> effects = new TreeSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      reset("top");
      List<Wanted> before = round % 2 == 0 ? List.of() : RandomPolicies.some(random);
      before.forEach(one -> set("top", one));
      // Every other time something is let go.
      List<Wanted> draft =
          round % 4 == 1
              ? before.stream()
                  .map(one -> new Wanted(one.policy(), Mode.OFF, one.settings()))
                  .toList()
              : RandomPolicies.some(random);
      Map<String, JsonNode> recorded = foretold("top", draft, "--days", "30");
      Map<String, JsonNode> locked = foretold("top", draft, "--lockfile", lockfile.toString());

      draft.forEach(one -> set("top", one));

      assertThat(locked).isEqualTo(recorded);
      stocked.forEach(spec -> requireTrue(spec, recorded.get(spec), draft));
      recorded.values().forEach(one -> effects.add(one.path("effect").asText()));
    }
    assertThat(effects).containsExactly("breaks", "opens", "withheld");
  }

  /// A row for everything but what is served before and after.
  private void requireTrue(String spec, @Nullable JsonNode row, List<Wanted> draft) {
    String name = name(spec);
    String version = version(spec);
    TestingReply tarball = tarball("top", name, version);
    TestingReply packument = server.get(token, "/r/top/" + name);
    List<String> listed =
        packument.json().path("versions").properties().stream().map(Map.Entry::getKey).toList();
    if (row == null || row.path("effect").asText().equals("opens")) {
      assertThat(tarball.status()).as("%s %s %s", spec, draft, tarball).isEqualTo(200);
      assertThat(listed).as("%s %s", spec, draft).contains(version);
      return;
    }
    assertThat(tarball.status()).as("%s %s", row, draft).isEqualTo(403);
    assertThat(listed).as("%s %s", row, draft).doesNotContain(version);
    row.path("reasons")
        .valueStream()
        .limit(3)
        .forEach(reason ->
            assertThat(tarball.error())
                .contains(
                    reason.path("sentence").asText().replaceAll("\\.$", ""),
                    "(policy " + reason.path("policy").asText() + ")"));
    List<String> instead = row.path("instead").valueStream().map(JsonNode::asText).toList();
    String highest = highest(version, listed);
    if (highest == null) {
      assertThat(instead).as("%s %s", row, listed).isEmpty();
    } else {
      assertThat(instead).as("%s %s", row, listed).contains(highest).isSubsetOf(listed);
    }
  }

  /// What is served of the same major version, of 0.x the same minor one: the highest. A range with
  /// a prerelease holds none below it, and there is none above the only one in stock.
  private static @Nullable String highest(String version, List<String> listed) {
    Version one = parsed(version);
    if (one.isPrerelease()) {
      return null;
    }
    return listed.stream()
        .map(DryRunTest::parsed)
        .filter(other -> !other.isPrerelease() && other.major() == one.major())
        .filter(other -> one.major() > 0 || other.minor() == one.minor())
        .max(Comparator.naturalOrder())
        .map(Version::toString)
        .orElse(null);
  }

  @Test
  void nothingIsChangedAndNobodyIsAsked() throws IOException {
    stage();
    fetchAll("top");
    List<?> before = policies().states(server.registry("top"));
    int requests = server.upstream().requests().size();

    String told =
        run("policy", "dryrun", "--registry", "top", "--set", "block-list=enforce,list=*");

    assertThat(told).contains("would break", "(block-list)");
    policies().reload();
    assertThat(policies().states(server.registry("top"))).isEqualTo(before);
    assertThat(server.upstream().requests()).hasSize(requests);
    assertThat(tarball("top", "pad", "1.0.0").status()).isEqualTo(200);
  }

  @Test
  void aLockfileOfWhatWasNeverFetchedIsAskedAbout() throws IOException {
    stage();
    Files.writeString(
        directory.resolve("yarn.lock"),
        """
        # yarn lockfile v1
        pad@^1.0.0:
          version "1.2.0"
        odd@^1.0.0:
          version "1.1.0"
        nothing@^1.0.0:
          version "1.0.0"
        broken@^1.0.0:
          version "1.0.0"
        """);
    server.upstream().at("/broken").status(500);

    Map<String, JsonNode> rows =
        foretold(
            "top",
            List.of(
                RandomPolicies.wanted(PolicyName.DELAY, Mode.ENFORCE, "{'age':'2d'}"),
                RandomPolicies.wanted(PolicyName.CONSISTENCY, Mode.ENFORCE, "{}")),
            "--lockfile",
            directory.resolve("yarn.lock").toString());

    assertThat(rows.keySet())
        .containsExactlyInAnyOrder("pad@1.2.0", "odd@1.1.0", "nothing@1.0.0", "broken@1.0.0");
    JsonNode pad = row(rows, "pad@1.2.0");
    assertThat(pad.path("effect").asText()).isEqualTo("breaks");
    assertThat(pad.path("verdict").asText()).isEqualTo("hold");
    assertThat(pad.path("until").asText()).isEqualTo("2026-11-23T12:00:00Z");
    assertThat(pad.at("/instead/0").asText()).isEqualTo("1.1.0");
    assertThat(row(rows, "odd@1.1.0").path("effect").asText())
        .as("its tarball is not here")
        .isEqualTo("pending");
    assertThat(row(rows, "nothing@1.0.0").path("effect").asText()).isEqualTo("gone");
    assertThat(row(rows, "broken@1.0.0").path("effect").asText()).isEqualTo("unknown");
  }

  @Test
  void whatCannotBeSetIsRefusedAsItWouldBe() {
    registry("top", new Upstreams.Public());
    assertThat(fails("--set", "dealy=enforce")).contains("There is no policy \"dealy\"");
    assertThat(fails("--set", "delay")).contains("write delay=enforce");
    assertThat(fails("--set", "delay=maybe")).contains("There is no mode \"maybe\"");
    assertThat(fails("--set", "delay=enforce,wait=3d")).contains("There is no setting \"wait\"");
    assertThat(fails("--set", "delay=enforce,age=3y")).contains("is no duration");
    assertThat(fails("--set", "freeze=enforce")).contains("archiving");
    assertThat(fails("--days", "0")).contains("--days");
    assertThat(fails("--lockfile", "nowhere.lock")).contains("cannot be read");
  }

  @Test
  void aDraftIsLaidOverWhatIsSet() {
    registry("top", new Upstreams.Public());
    TestingPackument.of("pad")
        .version("1.0.0", "2026-11-12T12:00:00.000Z", _ -> {})
        .putAt(server.upstream());
    assertThat(tarball("top", "pad", "1.0.0").status()).isEqualTo(200);
    server.services().downloads().flush();
    set("top", RandomPolicies.wanted(PolicyName.DELAY, Mode.OFF, "{'age':'30d'}"));

    assertThat(run("policy", "dryrun", "--registry", "top", "--set", "delay=enforce"))
        .as("thirty days")
        .contains("pad@1.0.0  breaks, instead nothing  downloads  pad@1.0.0 was published");
    assertThat(run("policy", "dryrun", "--registry", "top", "--set", "delay=enforce,age="))
        .as("three days")
        .contains("Of 1 versions", "0 would break");
    assertThat(run("policy", "dryrun", "--registry", "top", "--set", "delay=enforce,exempt=x,p*,y"))
        .contains("0 would break");
  }

  private void stage() {
    Registry base = registry("base", new Upstreams.Public());
    registry("top", new Upstreams.Here(base));
    stock("pad", "1.0.0", "1.1.0", "1.2.0", "1.3.0-rc.1", "2.0.0");
    TestingPackument.of("pad")
        .version("1.0.0", OLD, licence("MIT"))
        .version("1.1.0", "2026-09-01T00:00:00.000Z", licence("MIT"))
        .version("1.2.0", "2026-11-21T12:00:00.000Z", licence("ISC"))
        .version("1.3.0-rc.1", "2026-11-22T00:00:00.000Z", licence("ISC"))
        .version("2.0.0", "2026-11-17T00:00:00.000Z", licence("MIT"))
        .putAt(server.upstream());
    stock("pad-b", "0.1.0", "0.1.1", "0.2.0");
    TestingPackument.of("pad-b")
        .version("0.1.0", OLD, licence("GPL-3.0-only"))
        .version("0.1.1", OLD, DryRunTest::scripted)
        .version("0.2.0", OLD, DryRunTest::exotic)
        .putAt(server.upstream());
    stock("@team/x", "1.0.0", "1.1.0");
    TestingPackument.of("@team/x")
        .version("1.0.0", OLD, licence("MIT"))
        .version("1.1.0", OLD, licence("Do what you like"))
        .putAt(server.upstream());
    stock("odd", "1.0.0", "1.1.0", "1.2.0");
    TestingPackument.of("odd")
        .version("1.0.0", OLD, licence("MIT"))
        .version("1.1.0", OLD, licence("MIT"), packed("1.1.0").manifest(DryRunTest::scripted))
        .version("1.2.0", OLD, licence("MIT"), packed("1.2.0").file("binding.gyp", "{}"))
        .putAt(server.upstream());
    stock("own", "1.0.0", "1.1.0");
    publish("1.0.0");
    publish("1.1.0");
  }

  private static PackageBuilder packed(String version) {
    return PackageBuilder.named("odd").version(version).manifest(licence("MIT"));
  }

  private static Consumer<ObjectNode> licence(String text) {
    return manifest -> manifest.put("license", text);
  }

  private static void scripted(ObjectNode manifest) {
    manifest.put("license", "MIT").putObject("scripts").put("postinstall", "node x.js");
  }

  private static void exotic(ObjectNode manifest) {
    manifest.put("license", "MIT").putObject("dependencies").put("far", "git+https://far.test/x");
  }

  private void stock(String name, String... versions) {
    for (String version : versions) {
      stocked.add(name + "@" + version);
    }
  }

  private void publish(String version) {
    byte[] body = PackageBuilder.named("own").version(version).publishBody();
    assertThat(server.put(token, "/r/base/own", body).status()).isEqualTo(201);
  }

  private void fetchAll(String registry) {
    for (String spec : stocked) {
      assertThat(tarball(registry, name(spec), version(spec)).status()).as(spec).isEqualTo(200);
    }
    // Closing waits until what was fetched is settled and noted.
    server.restart();
  }

  /// Of everything that is in stock.
  private Path lockfile() throws IOException {
    ObjectNode lock = new JsonMapper().createObjectNode();
    lock.put("lockfileVersion", 3);
    ObjectNode packages = lock.putObject("packages");
    packages.putObject("");
    int at = 0;
    for (String spec : stocked) {
      packages
          .putObject("node_modules/p%d/node_modules/%s".formatted(at++, name(spec)))
          .put("version", version(spec));
    }
    return Files.writeString(directory.resolve("package-lock.json"), lock.toString());
  }

  private Map<String, JsonNode> foretold(String registry, List<Wanted> draft, String... more) {
    List<String> words =
        new ArrayList<>(List.of("policy", "dryrun", "--registry", registry, "--json"));
    for (Wanted one : draft) {
      List<String> parts = new ArrayList<>(one.typed());
      parts.addFirst(one.policy() + "=" + one.mode().name().toLowerCase(Locale.ROOT));
      words.addAll(List.of("--set", String.join(",", parts)));
    }
    words.addAll(List.of(more));
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode row : tree(run(words.toArray(String[]::new))).path("versions")) {
      ObjectNode one = (ObjectNode) row;
      one.remove("source");
      rows.put(one.path("name").asText() + "@" + one.path("version").asText(), one);
    }
    return rows;
  }

  private static JsonNode row(Map<String, JsonNode> rows, String spec) {
    return Objects.requireNonNull(rows.get(spec), spec);
  }

  private static JsonNode tree(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(json, broken);
    }
  }

  private static String name(String spec) {
    return spec.substring(0, spec.lastIndexOf('@'));
  }

  private static String version(String spec) {
    return spec.substring(spec.lastIndexOf('@') + 1);
  }

  private static Version parsed(String version) {
    Version parsed = Version.parse(version);
    if (parsed == null) {
      throw new AssertionError(version);
    }
    return parsed;
  }

  private TestingReply tarball(String registry, String name, String version) {
    String file = name.substring(name.indexOf('/') + 1) + "-" + version + ".tgz";
    return server.get(token, "/r/%s/%s/-/%s".formatted(registry, name, file));
  }

  private Registry registry(String name, Upstreams.Target... upstreams) {
    return server.addRegistry(name, Settings.of(Registry.Kind.STANDARD), upstreams);
  }

  private Policies policies() {
    return server.services().policies();
  }

  private void reset(String registry) {
    for (PolicyName policy : PolicyName.values()) {
      policies().inherit(OPERATOR, server.registry(registry), policy);
    }
  }

  private void set(String registry, Wanted wanted) {
    policies()
        .set(
            OPERATOR, server.registry(registry), wanted.policy(), wanted.mode(), wanted.settings());
  }

  private String run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = execute(out, err, arguments);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }

  private String fails(String... more) {
    List<String> words = new ArrayList<>(List.of("policy", "dryrun", "--registry", "top"));
    words.addAll(List.of(more));
    var err = new StringWriter();
    assertThat(execute(new StringWriter(), err, words.toArray(String[]::new))).isNotZero();
    return err.toString();
  }

  private int execute(StringWriter out, StringWriter err, String... arguments) {
    var context = new OperatorContext(clock, InputStream.nullInputStream(), server.environment());
    return Main.commandLine(context)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
