package dev.gatehouse.advisories.osv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.Severity;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OsvReaderTest {
  @Test
  void aStaleRangeOfEveryVersionDoesNotCountBesideANarrowOne() throws IOException {
    Advisory advisory = real("MAL-2025-47141", "@ctrl/tinycolor");
    assertThat(advisory.isMalware()).isTrue();
    assertThat(advisory.severity()).isEqualTo(Severity.CRITICAL);
    assertTouches(advisory, "4.1.1", "4.1.2");
    assertSpares(advisory, "0.0.1", "4.1.0", "4.1.3");
  }

  @Test
  void malwareMayListVersionsAlone() throws IOException {
    Advisory advisory = real("LWA-2026-0053", "bandkit");
    assertThat(advisory.isMalware()).isTrue();
    assertTouches(advisory, "1.0.7", "1.0.7+build");
    assertSpares(advisory, "1.0.6", "1.0.8", "1.0.7-beta");
  }

  @Test
  void severalEntriesOfOnePackageCountTogether() throws IOException {
    Advisory advisory = real("GHSA-73qr-pfmq-6rp8", "coa");
    assertTouches(advisory, "2.0.3", "2.0.4", "2.1.1", "2.1.3", "3.0.1", "3.1.3");
    assertSpares(advisory, "2.0.2", "2.1.2", "3.0.0");
    assertThat(advisory.affected().range())
        .isEqualTo("2.0.3 || 2.0.4 || 2.1.1 || 2.1.3 || 3.0.1 || 3.1.3");
  }

  @Test
  void oneRecordMayBeAboutSeveralPackages() throws IOException {
    OsvRecord record = record("CVE-2022-36083");
    assertThat(record.packages().keySet())
        .containsExactlyInAnyOrder(
            "jose", "jose-browser-runtime", "jose-node-cjs-runtime", "jose-node-esm-runtime");
    Advisory jose = real("CVE-2022-36083", "jose");
    assertThat(jose.isMalware()).isFalse();
    assertTouches(jose, "1.0.0", "1.28.1", "4.9.1");
    assertSpares(jose, "0.9.0", "1.28.2", "4.9.2");
    assertThat(jose.affected().fixFor(version("3.1.0"))).hasToString("3.20.4");
    assertThat(jose.affected().fixFor(version("9.0.0"))).isNull();
  }

  @Test
  void aRecordThatWasTakenBackSaysSo() throws IOException {
    assertThat(real("GHSA-7fhm-mqm4-2wp7", "acorn").dates().withdrawn()).isNotNull();
  }

  @Test
  void listedReleasesOfAPopularPackageLeaveTheOthersAlone() throws IOException {
    Advisory chalk = real("MAL-2025-46969", "chalk");
    assertTouches(chalk, "5.6.1");
    assertSpares(chalk, "5.6.0", "5.6.2", "4.1.2");
  }

  @Test
  void aRangeMayBeginAndEndAtAPrerelease() {
    Advisory advisory = range("{\"introduced\":\"2.0.0-0\"},{\"fixed\":\"2.0.0-rc.2\"}");
    assertTouches(advisory, "2.0.0-0", "2.0.0-alpha", "2.0.0-rc.1");
    assertSpares(advisory, "1.9.9", "2.0.0-rc.2", "2.0.0");
  }

  @Test
  void introducedZeroStandsBeforeEveryPrerelease() {
    Advisory advisory = range("{\"introduced\":\"0\"},{\"fixed\":\"1.0.0\"}");
    assertTouches(advisory, "0.0.0-0", "0.0.1", "1.0.0-rc.1");
    assertSpares(advisory, "1.0.0");
    assertThat(advisory.affected().range()).isEqualTo("<1.0.0");
  }

  @Test
  void lastAffectedIsAffectedAndNoFix() {
    Advisory advisory = range("{\"introduced\":\"1.0.0\"},{\"last_affected\":\"1.4.0\"}");
    assertTouches(advisory, "1.0.0", "1.4.0");
    assertSpares(advisory, "1.4.1");
    assertThat(advisory.affected().fixes()).isEmpty();
  }

  @Test
  void eventsCountInTheOrderOfVersionsNotOfTheFile() {
    Advisory advisory =
        range(
            "{\"fixed\":\"3.1.0\"},{\"introduced\":\"3.0.0\"},{\"fixed\":\"1.1.0\"},{\"introduced\":\"1.0.0\"}");
    assertTouches(advisory, "1.0.5", "3.0.5");
    assertSpares(advisory, "0.9.0", "1.1.0", "2.0.0", "3.1.0");
  }

  @Test
  void whatIsFixedMayComeBackInTheSameVersion() {
    Advisory advisory =
        range(
            "{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"},{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.1.0\"}");
    assertTouches(advisory, "1.0.0", "2.0.0");
    assertSpares(advisory, "2.1.0");
    assertThat(advisory.affected().fixes()).hasToString("[2.1.0]");
  }

  @Test
  void nothingIsSaidFromALimitOn() {
    Advisory advisory = range("{\"introduced\":\"1.0.0\"},{\"limit\":\"2.0.0\"}");
    assertTouches(advisory, "1.5.0");
    assertSpares(advisory, "2.0.0");
    assertTouches(range("{\"introduced\":\"1.0.0\"},{\"limit\":\"*\"}"), "9.0.0");
    assertTouches(
        range("{\"introduced\":\"1.0.0\"},{\"limit\":\"2.0.0\"},{\"limit\":\"3.0.0\"}"), "2.5.0");
  }

  @Test
  void aVersionMayLackItsLastNumbers() {
    assertSpares(range("{\"introduced\":\"1\"},{\"fixed\":\"1.2\"}"), "0.9.0", "1.2.0");
    assertTouches(range("{\"introduced\":\"1\"},{\"fixed\":\"1.2\"}"), "1.0.0", "1.1.9");
  }

  @Test
  void aRangeThatMakesNoSenseIsLeftOutAndCounted() {
    OsvRecord record =
        OsvReader.read(
            bytes(
                """
                {"id":"X-1","affected":[{"package":{"ecosystem":"npm","name":"left-pad"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"banana"}]}],
                "versions":["1.0.0","pear"]}]}
                """),
            "x.json",
            "osv");
    assertThat(record.misread()).isEqualTo(2);
    assertSpares(Objects.requireNonNull(record.packages().get("left-pad")), "2.0.0");
    assertTouches(Objects.requireNonNull(record.packages().get("left-pad")), "1.0.0");
  }

  @Test
  void otherEcosystemsAndCommitsAreLeftOut() {
    OsvRecord record =
        OsvReader.read(
            bytes(
                """
                {"id":"X-1","affected":[{"package":{"ecosystem":"PyPI","name":"left-pad"},"versions":["1.0.0"]},
                {"package":{"ecosystem":"npm","name":"right-pad"},"ranges":[{"type":"GIT","events":[{"introduced":"0"}]}]}]}
                """),
            "x.json",
            "osv");
    assertThat(record.packages().keySet()).containsExactly("right-pad");
    assertSpares(Objects.requireNonNull(record.packages().get("right-pad")), "1.0.0");
  }

  @Test
  void deepAndBrokenRecordsAreRefusedWithASentence() {
    assertRefused("{\"id\":\"X-1\",\"x\":" + "[".repeat(5_000), "limit");
    assertRefused("{\"id\":\"X-1\"", "cut short");
    assertRefused("[]", "no JSON object");
    assertRefused("{}", "no usable \"id\"");
    assertRefused("{\"id\":\"../../etc\"}", "no usable \"id\"");
  }

  private static void assertRefused(String json, String why) {
    assertThatThrownBy(() -> OsvReader.read(bytes(json), "x.json", "osv"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("x.json")
        .hasMessageContaining(why);
  }

  private static void assertTouches(Advisory advisory, String... versions) {
    assertThat(versions).allMatch(text -> advisory.affected().touches(version(text)));
  }

  private static void assertSpares(Advisory advisory, String... versions) {
    assertThat(versions).noneMatch(text -> advisory.affected().touches(version(text)));
  }

  private static Advisory range(String events) {
    String json =
        """
        {"id":"X-1","affected":[{"package":{"ecosystem":"npm","name":"left-pad"},
        "ranges":[{"type":"SEMVER","events":[%s]}]}]}
        """
            .formatted(events);
    return Objects.requireNonNull(
        OsvReader.read(bytes(json), "x.json", "osv").packages().get("left-pad"));
  }

  private static Advisory real(String id, String name) throws IOException {
    return Objects.requireNonNull(record(id).packages().get(name));
  }

  private static OsvRecord record(String id) throws IOException {
    Path file = Path.of("src/test/resources/advisories", id + ".json");
    return OsvReader.read(Files.readAllBytes(file), id + ".json", "osv");
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Version version(String text) {
    return Objects.requireNonNull(Version.parse(text));
  }
}
