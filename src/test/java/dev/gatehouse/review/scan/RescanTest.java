package dev.gatehouse.review.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackument;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A change of policies opens and closes issues about everything that is here, not only about what
/// has issues already.
@OnBothDatabases
final class RescanTest {
  private static final String SCRIPT = "acme-rescanned-script";

  @AutoClose private final Post post;

  RescanTest(Dialect dialect) {
    post = new Post(dialect);
  }

  @BeforeEach
  void publish() {
    TestingPackument.of(SCRIPT)
        .version(
            "1.0.0",
            "2020-01-01T00:00:00.000Z",
            one -> one.putObject("scripts").put("install", "node x"))
        .version("1.0.1")
        .putAt(post.server.upstream());
  }

  private void fetch(String registry, String version) {
    assertThat(post.fetch(registry, SCRIPT, version).status()).isEqualTo(200);
    // What was fetched has its rows once the server has closed.
    post.server.restart();
  }

  private void set(Mode mode) {
    post.enforce(PolicyName.INSTALL_SCRIPTS, mode);
    post.settleJobs();
  }

  @Test
  void aPolicyThatIsEnforcedOpensIssuesForWhatIsHereAndItsEndClosesThem() {
    fetch("default", "1.0.0");
    fetch("default", "1.0.1");

    set(Mode.ENFORCE);
    assertThat(post.issues())
        .containsExactly("1 open policy moderate %s install-scripts".formatted(SCRIPT));
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 quarantined");

    set(Mode.OFF);
    assertThat(post.issues())
        .containsExactly("1 closed policy moderate %s install-scripts".formatted(SCRIPT));
  }

  @Test
  void onlyTheRegistryWhosePolicyItIsIsLookedAt() {
    team();
    fetch("team", "1.0.0");
    set(Mode.OBSERVE);
    assertThat(post.issues()).isEmpty();

    post.server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            post.server.registry("team"),
            PolicyName.INSTALL_SCRIPTS,
            Mode.ENFORCE,
            (ObjectNode) Post.json("{}"));
    post.settleJobs();

    assertThat(post.occurrences(1)).containsExactly("team 1.0.0 quarantined");
  }

  @Test
  void theDefaultOfAWorkspaceIsThatOfAllItsRegistries() {
    team();
    fetch("team", "1.0.0");

    post.server
        .services()
        .policies()
        .setDefault(
            new Actor.Operator(),
            post.server.registry().workspace(),
            PolicyName.INSTALL_SCRIPTS,
            Mode.ENFORCE,
            (ObjectNode) Post.json("{}"));
    post.settleJobs();

    assertThat(post.occurrences(1))
        .containsExactly("default 1.0.0 quarantined", "team 1.0.0 quarantined");
  }

  @Test
  void whatTheOperatorSetsBesideTheServerCountsToo() {
    fetch("default", "1.0.0");
    // The command lives by the machine's clock.
    post.clock.advance(Duration.ofDays(3650));
    post.operate("", "policy", "set", "default", "install-scripts", "enforce");
    post.settleJobs();
    assertThat(post.issues()).hasSize(1);
  }

  @Test
  void manyPackagesAreLookedAtAFewHundredAtATime() {
    long registry = post.server.registry().id();
    post.server
        .services()
        .database()
        .write(handle -> {
          for (int i = 1000; i < 1401; i++) {
            CachedTarballs.add(
                handle,
                new CachedTarballs.CachedTarball(
                    registry, "acme-many-" + i, "1.0.0", "d", 1, "sha512-x"),
                0);
          }
          return registry;
        });
    var rescan =
        new Rescan(
            post.server.services().scanner(), new KeptVersions(post.server.services().database()));

    assertThat(rescan.run("" + registry))
        .isEqualTo(new Work.Next(registry + " acme-many-1199", Duration.ZERO));
    assertThat(rescan.run(registry + " acme-many-1199"))
        .isEqualTo(new Work.Next(registry + " acme-many-1399", Duration.ZERO));
    assertThat(rescan.run(registry + " acme-many-1399")).isEqualTo(new Work.Done());
  }

  /// A registry that draws from `default`.
  private void team() {
    post.server.addRegistry(
        "team",
        Registry.Settings.of(Registry.Kind.STANDARD),
        new Upstreams.Here(post.server.registry()));
  }
}
