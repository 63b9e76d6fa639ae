package dev.gatehouse.app.command.moving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Database;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final TestingOperator operator = new TestingOperator();
  @AutoClose private final TestingUpstream upstream = TestingUpstream.start();
  @TempDir private Path directory;

  PullCommandTest() throws IOException {}

  @BeforeEach
  void drawFromTheUpstream() {
    assertThat(run("upstream", "add", "default", upstream.url().toString()).code()).isZero();
  }

  @Test
  void bringsInTheHighestVersionOfARangeOrWhatATagNames() {
    putVersions("a", "next", "1.0.0", "1.9.0", "2.0.0", "3.0.0-rc.1");
    Outcome range = run("pull", "default", "a@^1", "a@next");
    assertThat(range.code()).as(range.err()).isZero();
    assertThat(stored()).containsExactly("a 1.9.0", "a 3.0.0-rc.1");
    assertThat(run("pull", "default", "a").code()).isZero();
    assertThat(stored()).contains("a 2.0.0").doesNotContain("a 1.0.0");
  }

  @Test
  void bringsInAWholeTreeThroughCirclesAndAliases() {
    put(
        "root",
        "1.0.0",
        """
        {"dependencies":{"a":"^1","old":"npm:b@1","local":"file:../x","in":"1"},
         "optionalDependencies":{"far":"1","gone":"1"}, "bundleDependencies":["in"],
         "peerDependencies":{"peer":"1","perhaps":"1"},
         "peerDependenciesMeta":{"perhaps":{"optional":true}},
         "devDependencies":{"dev":"1"}}
        """);
    put("a", "1.2.0", "{\"dependencies\":{\"root\":\"*\"}}");
    put("b", "1.0.0", "{}");
    put("far", "1.0.0", "{\"os\":[\"aix\"],\"cpu\":[\"s390x\"]}");
    put("peer", "1.0.0", "{}");
    put("perhaps", "1.0.0", "{}");
    put("dev", "1.0.0", "{}");
    Outcome pulled = run("pull", "default", "root", "--dependencies");
    assertThat(pulled.code()).as(pulled.err()).isZero();
    assertThat(stored())
        .containsExactly("a 1.2.0", "b 1.0.0", "far 1.0.0", "peer 1.0.0", "root 1.0.0");
    assertThat(pulled.err())
        .contains(
            "\"local\", which root@1.0.0 needs, was skipped: it comes from \"file:../x\", not from"
                + " a registry.")
        .contains("gone@1 was skipped: it is optional, and the registry \"default\" has none.");
    assertThat(pulled.out()).contains("5 of 5 versions: 5 fetched");
  }

  @Test
  void bringsInWhateverAClientMayChooseWhereTheyDisagree() {

    putVersions("a", "next", "1.0.0", "1.1.0", "1.2.0");
    upstream.put(
        "a",
        document("a", "1.0.0", "1.1.0", "1.2.0")
            .replace("\"latest\":\"1.2.0\"", "\"latest\":\"1.0.0\"")
            .replace("\"version\":\"1.2.0\"", "\"deprecated\":\"no\",\"version\":\"1.2.0\""));
    assertThat(run("pull", "default", "a@1").code()).isZero();
    assertThat(stored()).containsExactly("a 1.0.0", "a 1.1.0", "a 1.2.0");
  }

  @Test
  void fetchesNothingTwice() {
    putVersions("a", "next", "1.0.0");
    assertThat(run("pull", "default", "a").out()).contains("1 fetched");
    assertThat(run("pull", "default", "a").out()).contains("0 fetched").contains("1 there already");
    assertThat(upstream.requests("/a/-/a-1.0.0.tgz")).hasSize(1);
  }

  @Test
  void saysWhatItCouldNotBringInAndGoesOn() {
    putVersions("a", "next", "1.0.0");
    putVersions("broken", "next", "1.0.0");
    upstream.putTarball("broken", "1.0.0", TestingPackage.of("other", "1.0.0").tarball());
    upstream.at("/down").status(503);
    Outcome pulled = run("pull", "default", "missing", "a@^7", "down", "broken", "a");
    assertThat(pulled.code()).isEqualTo(1);
    assertThat(stored()).containsExactly("a 1.0.0");
    assertThat(pulled.err().lines())
        .anyMatch(
            line -> line.equals("a@^7: The registry \"default\" has no version of a that fits ^7."))
        .anyMatch(line -> line.startsWith("missing@latest: The registry \"default\" has no"))
        .anyMatch(line -> line.startsWith("broken@latest: The upstream's bytes of broken@1.0.0"))
        .anyMatch(line -> line.startsWith("down@latest: "));
    assertThat(pulled.out()).contains("1 fetched").contains("4 failed");
  }

  @Test
  void bringsInALockfileAndReportsBytesThatDiffer() throws IOException {
    putVersions("a", "next", "1.0.0", "2.0.0");
    putVersions("b", "next", "1.0.0");
    putVersions("c", "next", "1.0.0");
    String sha1 = "sha1-" + "A".repeat(27) + "=";
    Path lockfile =
        lockfile(
            entry("a", TestingPackage.integrity(TestingPackage.of("a", "1.0.0").tarball())),
            entry("b", TestingPackage.integrity(new byte[1])),
            entry("c", sha1),
            entry("gone", sha1));
    Outcome pulled = run("pull", "default", "--lockfile", lockfile.toString());
    assertThat(pulled.code()).isEqualTo(1);
    assertThat(stored()).contains("a 1.0.0").doesNotContain("a 2.0.0", "b 1.0.0");
    assertThat(pulled.err())
        .contains("is npm's lockfile, version 3 and names 4 versions.")
        .contains("b@1.0.0: What the lockfile expects and what the registry has are not the same")
        .contains("the bytes that the registry serves hash to something else")
        .contains("gone@1.0.0: The registry \"default\" has no gone@1.0.0.");
    assertThat(upstream.requests("/b/-/b-1.0.0.tgz")).isEmpty();
  }

  @Test
  void acceptsALockfileOfAnotherAlgorithmIfTheBytesAreRight() throws IOException {
    putVersions("a", "next", "1.0.0");
    byte[] tarball = TestingPackage.of("a", "1.0.0").tarball();
    var sha1 = Integrity.ofShasum(TestingPackage.shasum(tarball));
    Path lockfile = lockfile(entry("a", String.valueOf(sha1)));
    Outcome pulled = run("pull", "default", "--lockfile", lockfile.toString(), "--json");
    assertThat(pulled.code()).as(pulled.err()).isZero();
    assertThat(JSON.readTree(pulled.out()).at("/tally/fetched").asInt()).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeUnderstood() throws IOException {
    Path broken = Files.writeString(directory.resolve("yarn.lock"), "{");
    assertThat(run("pull", "default", "--lockfile", broken.toString()).err())
        .contains("yarn.lock is not valid JSON");
    assertThat(run("pull", "default", "--lockfile", "nowhere").err())
        .contains("The lockfile nowhere cannot be read.");
    assertThat(run("pull", "default", "a@git+https://host.example/a.git").err())
        .contains("a@git+https://host.example/a.git cannot be pulled: it");
    assertThat(run("pull", "default").code()).isEqualTo(2);
    assertThat(run("pull", "other", "a").err()).contains("There is no registry \"other\"");
  }

  private Outcome run(String... arguments) {
    return operator.run("", arguments);
  }

  /// Serves `versions`, the last but pre-releases being `latest` and the last of all `tag`.
  private void putVersions(String name, String tag, String... versions) {
    String document = document(name, versions);
    String last = versions[versions.length - 1];
    String stable =
        List.of(versions).reversed().stream()
            .filter(v -> !v.contains("-"))
            .findFirst()
            .orElse(last);
    upstream.put(
        name,
        document.replace(
            "\"dist-tags\":{\"latest\":\"%s\"}".formatted(last),
            "\"dist-tags\":{\"latest\":\"%s\",\"%s\":\"%s\"}".formatted(stable, tag, last)));
    for (String version : versions) {
      upstream.putTarball(name, version, TestingPackage.of(name, version).tarball());
    }
  }

  private String document(String name, String... versions) {
    try {
      String last = versions[versions.length - 1];
      var document = (ObjectNode) JSON.readTree(packument(name, last));
      for (String version : versions) {
        var one = JSON.readTree(packument(name, version));
        ((ObjectNode) document.get("versions")).set(version, one.at("/versions/" + version));
        ((ObjectNode) document.get("time")).set(version, one.at("/time/" + version));
      }
      return document.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String packument(String name, String version) {
    var one = TestingPackage.of(name, version);
    return one.packument(upstream.url(), one.tarball());
  }

  /// Serves one version with `manifest` in its document.
  private void put(String name, String version, String manifest) {
    byte[] tarball = PackageBuilder.named(name).version(version).tarball();
    String members = manifest.strip().substring(1, manifest.strip().length() - 1);
    String document =
        new TestingPackage(name, version, null)
            .packument(upstream.url(), tarball)
            .replaceFirst(
                "\"version\":",
                Matcher.quoteReplacement(
                    (members.isBlank() ? "" : members + ",") + "\"version\":"));
    upstream.put(name, document);
    upstream.putTarball(name, version, tarball);
  }

  private static String entry(String name, String integrity) {
    return "\"node_modules/%s\":{\"version\":\"1.0.0\",\"integrity\":\"%s\"}"
        .formatted(name, integrity);
  }

  private Path lockfile(String... entries) throws IOException {
    return Files.writeString(
        directory.resolve("package-lock.json"),
        "{\"lockfileVersion\":3,\"packages\":{" + String.join(",", entries) + "}}");
  }

  private List<String> stored() {
    try (Database database = operator.open("test")) {
      return database.read(handle ->
          handle
              .createQuery("SELECT name || ' ' || version FROM cached_tarball ORDER BY 1")
              .mapTo(String.class)
              .list());
    }
  }
}
