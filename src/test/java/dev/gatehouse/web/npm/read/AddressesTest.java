package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The addresses under which a package answers, and those that it names.
final class AddressesTest {
  @AutoClose private final Reader reader = new Reader();
  private final TestingPackage scoped = TestingPackage.of("@team/pad", "1.0.0");

  @BeforeEach
  void serveAPackage() {
    scoped.putAt(reader.upstream());
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/default/@team%2fpad",
        "/r/default/@team%2Fpad",
        "/r/default/@team/pad",
        "/r/default/%40team%2fpad",
        "/r/default/@team/pad/",
        "/r/default/@team%2fpad/",
        "/w/default/r/default/@team%2fpad",
        "/w/default/r/default/@team/pad/"
      })
  void aScopedNameAnswersInEveryEncoding(String path) {
    TestingReply reply = reader.get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo("@team/pad");
    String base = path.startsWith("/w/") ? "/w/default/r/default" : "/r/default";
    assertThat(tarball(reply, "1.0.0"))
        .isEqualTo(reader.server.url() + base + "/@team/pad/-/pad-1.0.0.tgz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/default/@team/pad/-/pad-1.0.0.tgz",
        "/r/default/@team%2fpad/-/pad-1.0.0.tgz",
        "/r/default/@team/pad/-/@team/pad-1.0.0.tgz",
        "/r/default/@team%2Fpad/-/@team%2Fpad-1.0.0.tgz",
        "/w/default/r/default/@team/pad/-/pad-1.0.0.tgz"
      })
  void aScopedTarballAnswersInEveryForm(String path) {
    assertThat(reader.get(path).body()).isEqualTo(scoped.tarball());
    assertThat(reader.get(path).body()).as("warm").isEqualTo(scoped.tarball());
  }

  @ParameterizedTest
  @CsvSource({
    "/r/default/@team/pad/1.0.0, @team/pad",
    "/r/default/@team%2fpad/1.0.0, @team/pad",
    "/r/default/@team/pad/latest, @team/pad",
    "/r/default/left-pad/1.0.0/, left-pad",
    "/w/default/r/default/left-pad/latest, left-pad"
  })
  void aVersionAnswersByNumberAndByTag(String path, String name) {
    TestingReply reply = reader.get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo(name);
    assertThat(reply.json().path("version").asText()).isEqualTo("1.0.0");
    assertThat(reply.json().path("dist").path("tarball").asText()).startsWith(reader.server.url());
  }

  @Test
  void namesTheHostThatTheClientUses() {
    String elsewhere = reader.server.url().replace("127.0.0.1", "localhost");

    TestingReply reply = reader.send("GET", elsewhere + "/r/default/left-pad");

    assertThat(tarball(reply, "1.0.0"))
        .isEqualTo(elsewhere + "/r/default/left-pad/-/left-pad-1.0.0.tgz");
  }

  @Test
  void believesNoForwardedHostOfAStranger() {
    TestingReply reply =
        reader.get(
            "/r/default/left-pad",
            "x-forwarded-host",
            "evil.example",
            "x-forwarded-proto",
            "https",
            "forwarded",
            "host=evil.example");

    assertThat(reply.text()).doesNotContain("evil.example").doesNotContain("https://");
  }

  @Test
  void aRenamedRegistryNamesTheNameThatTheClientUses() {
    var registry = reader.registry("old", new dev.gatehouse.registries.Upstreams.Public());
    reader.server.services().registries().rename(new Actor.Operator(), registry, "new");

    for (String name : List.of("old", "new")) {
      TestingReply reply = reader.get("/r/" + name + "/left-pad");
      assertThat(tarball(reply, "1.0.0"))
          .isEqualTo(reader.server.url() + "/r/" + name + "/left-pad/-/left-pad-1.0.0.tgz");
      assertThat(reader.get("/r/" + name + "/left-pad/-/left-pad-1.0.0.tgz").status())
          .isEqualTo(200);
    }
  }

  @Test
  void passesSignaturesOnByteByByte() {
    String dist =
        "\"dist\":{\"integrity\":\"%s\",\"tarball\":\"%s\",\"signatures\":[ {\"keyid\":\"SHA256:\\u006ahl\" , \"sig\":\"MEU\\/=\"} ],\"attestations\":{\"url\":\"https://registry.example/-/npm/v1/attestations/signed@1.0.0\",\"provenance\":{\"predicateType\":\"https://slsa.dev/provenance/v1\"}}}"
            .formatted(
                TestingPackage.integrity(scoped.tarball()), reader.upstream().url("/signed.tgz"));
    String user = "\"_npmUser\":{\"name\":\"x\",\"trustedPublisher\":{\"id\":\"github\"}}";
    for (String name : List.of("signed", "@team/signed")) {
      reader
          .upstream()
          .put(
              name,
              "{\"name\":\"%s\",\"dist-tags\":{\"latest\":\"1.0.0\"},\"versions\":{\"1.0.0\":{\"name\":\"%s\",\"version\":\"1.0.0\",%s,%s}}}"
                  .formatted(name, name, user, dist));

      TestingReply version = reader.get("/r/default/" + name + "/1.0.0");
      TestingReply whole = reader.get("/r/default/" + name.replace("/", "%2f"));

      String base = reader.server.url() + "/r/default/";
      for (TestingReply reply : List.of(version, whole)) {
        assertThat(reply.text())
            .contains(user)
            .contains("\"signatures\":[ {\"keyid\":\"SHA256:\\u006ahl\" , \"sig\":\"MEU\\/=\"} ]")
            .contains("\"url\":\"" + base + "-/npm/v1/attestations/" + name + "@1.0.0\"")
            .contains("\"integrity\":\"" + TestingPackage.integrity(scoped.tarball()) + "\"")
            .doesNotContain("registry.example");
      }
    }
  }

  private static String tarball(TestingReply reply, String version) {
    return reply.json().path("versions").path(version).path("dist").path("tarball").asText();
  }
}
