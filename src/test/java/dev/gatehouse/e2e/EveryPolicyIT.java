package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.Offence;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What npm makes of each policy: a registry for each, and a scope that is installed from it, with
/// a package of which 1.0.0 is as it should be and 1.1.0 is not. That versions are immutable to
/// clients is in [PublishIT]. The server is in this process: policies cost no program each.
@TestInstance(Lifecycle.PER_CLASS)
final class EveryPolicyIT {
  private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final ForbiddenProxy proxy = new ForbiddenProxy();
  private final Instant now = Instant.now();
  private final String token = server.token("ann", Role.DEVELOPER);
  private Path directory;
  private Seat seat;

  @BeforeAll
  void start(@TempDir Path place) throws IOException {
    directory = place;
    for (PolicyName policy : policies()) {
      server.addRegistry(
          policy.text(), Registry.Settings.of(Registry.Kind.STANDARD), new Upstreams.Public());
      offence(policy).packument().putAt(server.upstream());
    }
    // What a frozen registry has came in before.
    assertThat(server.get(token, tarball(PolicyName.FREEZE, "1.0.0")).status()).isEqualTo(200);
    server.restart();
    policies().forEach(policy -> offence(policy).arm(server, policy.text()));
    server.restart();
    for (PolicyName policy : policies()) {
      // Some look into the tarball, and tell of a version once somebody has asked for it.
      assertThat(server.get(token, tarball(policy, "1.1.0")).status())
          .as(policy.text())
          .isEqualTo(policy == PolicyName.FREEZE ? 404 : 403);
    }
    seat = seat();
  }

  @AfterAll
  void stop() {
    server.close();
    proxy.close();
    assertThat(proxy.attempts()).isEmpty();
  }

  @Test
  void npmLocksAndInstallsTheNewestVersionThatEachPolicyLeaves() throws IOException {
    Path project = Projects.empty(directory.resolve("all"), Client.NPM_12);
    List<String> words = new ArrayList<>(List.of("npm", "install", "--package-lock-only"));
    policies().forEach(policy -> words.add(name(policy) + "@^1.0.0"));

    seat.execute(project, words).ok();
    assertThat(Files.readString(project.resolve("package-lock.json")))
        .contains("pad-1.0.0.tgz")
        .doesNotContain("pad-1.1.0.tgz");
    seat.run(project, Verb.FROZEN_INSTALL).ok();

    Set<String> expected =
        policies().stream().map(policy -> name(policy) + "@1.0.0").collect(Collectors.toSet());
    assertThat(Projects.dependencies(project)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("withholding")
  void npmSaysWhyALockfileThatPinsTheVersionCannotBeInstalled(PolicyName policy) {
    Path project = Projects.empty(directory.resolve("pinned-" + policy.text()), Client.NPM_12);
    pin(project, policy);

    String said = seat.run(project, Verb.FROZEN_INSTALL).refused().text();

    assertThat(said)
        .contains(
            "403",
            name(policy) + "@1.1.0 is withheld here.",
            "(policy " + policy.text() + ")",
            "/r/%s/-/why/%s@1.1.0".formatted(policy.text(), name(policy)));
  }

  /// What it does not have it does not list, so there is no version to speak of.
  @Test
  void npmIsToldThatAFrozenRegistryHasNoSuchVersion() {
    Path project = Projects.empty(directory.resolve("frozen"), Client.NPM_12);
    pin(project, PolicyName.FREEZE);

    assertThat(seat.run(project, Verb.FROZEN_INSTALL).refused().text()).contains("404");
    assertThat(server.upstream().requests(path(PolicyName.FREEZE, "1.1.0"))).isEmpty();
  }

  private static Set<PolicyName> policies() {
    return EnumSet.complementOf(EnumSet.of(PolicyName.IMMUTABLE));
  }

  static Stream<PolicyName> withholding() {
    return Arrays.stream(PolicyName.values())
        .filter(policy -> policies().contains(policy) && policy != PolicyName.FREEZE);
  }

  private Offence offence(PolicyName policy) {
    return new Offence(policy, name(policy), now);
  }

  private static String name(PolicyName policy) {
    return "@acme-%s/pad".formatted(policy.text());
  }

  private static String tarball(PolicyName policy, String version) {
    return "/r/" + policy.text() + path(policy, version);
  }

  private static String path(PolicyName policy, String version) {
    return TestingPackage.tarballPath(name(policy), version);
  }

  /// Each scope is installed from the registry that has its policy.
  private Seat seat() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Seat made = Seat.with(Client.NPM_12, home, server.url() + "/r/default/", token, proxy.port());
    var lines = new StringBuilder();
    for (PolicyName policy : policies()) {
      String url = server.url() + "/r/" + policy.text() + "/";
      lines.append("@acme-%s:registry=%s%n".formatted(policy.text(), url));
      lines.append("%s:_authToken=%s%n".formatted(url.replace("http:", ""), token));
    }
    Path file = home.resolve(".npmrc");
    Files.writeString(file, Files.readString(file) + lines);
    return made;
  }

  private void pin(Path project, PolicyName policy) {
    String name = name(policy);
    Projects.write(
        project,
        "package.json",
        """
        {"name":"consumer","version":"1.0.0","private":true,"dependencies":{"%s":"1.1.0"}}
        """
            .formatted(name));
    Projects.write(
        project,
        "package-lock.json",
        """
        {"name":"consumer","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
          "":{"name":"consumer","version":"1.0.0","dependencies":{"%1$s":"1.1.0"}},
          "node_modules/%1$s":{"version":"1.1.0","resolved":"%2$s","integrity":"%3$s"}}}
        """
            .formatted(
                name,
                server.url() + tarball(policy, "1.1.0"),
                TestingPackage.integrity(offence(policy).packument().tarball("1.1.0"))));
  }
}
