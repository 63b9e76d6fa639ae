package dev.gatehouse.packages.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.packages.verify.Finding.Kind;
import dev.gatehouse.packages.verify.Verifier.Extent;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class VerifierTest {
  private static final String LEFT = "default/default left@1.0.0";
  private static final String RIGHT = "default/default right@2.0.0";

  @AutoClose private final TestingStore store;
  private final List<Finding> findings = new ArrayList<>();

  VerifierTest(Dialect dialect) throws IOException {
    store = new TestingStore(dialect);
  }

  @Test
  void findsNothingWhereEverythingIsWhole() throws IOException {
    store.published("left", "1.0.0", "left bytes");
    store.cached("right", "2.0.0", "right bytes");
    store.cached("same", "2.0.0", "right bytes");
    store.document("right", "{}");
    store.blob(Algorithm.SHA512, "nobody's");

    assertThat(look()).isEqualTo(new Extent(4, 10 + 11 + 2 + 8, 4, 1));
    assertThat(findings).isEmpty();
  }

  @Test
  void reportsMissingBytesOfEveryKindOfRow() throws IOException {
    Files.delete(store.blobs.path(store.published("left", "1.0.0", "left bytes")));
    Files.delete(store.blobs.path(store.cached("right", "2.0.0", "right bytes")));
    Files.delete(store.blobs.path(store.document("right", "{}")));

    look();

    assertThat(findings)
        .extracting(Finding::kind, Finding::subject, Finding::repaired)
        .containsExactlyInAnyOrder(
            tuple(Kind.MISSING, LEFT, false),
            tuple(Kind.MISSING, RIGHT, false),
            tuple(Kind.MISSING, "the document of right", false));
    assertThat(store.count("cached_tarball")).isEqualTo(1);
  }

  @Test
  void forgetsMissingAndDamagedCopiesSoThatTheyAreFetchedAgain() throws IOException {
    Files.delete(store.blobs.path(store.cached("right", "1.0.0", "missing bytes")));
    String damaged = store.cached("right", "2.0.0", "right bytes");
    String document = store.document("right", "{}");
    String whole = store.cached("whole", "1.0.0", "whole bytes");
    store.damage(damaged);
    store.damage(document);

    repair();

    assertThat(findings).hasSize(3).allMatch(Finding::repaired);
    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kind.MISSING, Kind.DAMAGED, Kind.DAMAGED);
    assertThat(store.count("cached_tarball")).isEqualTo(1);
    assertThat(store.count("document")).isZero();
    assertThat(store.blobs.has(damaged)).isFalse();
    assertThat(store.blobs.has(document)).isFalse();
    assertThat(store.blobs.has(whole)).isTrue();
    assertThat(store.databases.audited()).hasSize(3).contains("operator store.forget " + damaged);
    assertThat(store.databases.raised("server", "PACKAGES")).isEqualTo(3);
    findings.clear();
    look();
    assertThat(findings).isEmpty();
  }

  @Test
  void neverDropsWhatWasPublishedHere() throws IOException {
    String digest = store.published("left", "1.0.0", "left bytes");
    store.cached("copy", "1.0.0", "left bytes");
    store.damage(digest);

    repair();

    assertThat(findings)
        .extracting(Finding::subject, Finding::repaired)
        .containsExactlyInAnyOrder(tuple(LEFT, false), tuple("default/default copy@1.0.0", true));
    assertThat(findings)
        .anyMatch(finding ->
            finding.sentence().endsWith(": restore the file %s from a backup.".formatted(digest)));
    assertThat(store.count("version")).isEqualTo(1);
    assertThat(store.count("cached_tarball")).isZero();
    assertThat(store.blobs.has(digest)).isTrue();
  }

  @Test
  void correctsASizeOfProvenBytes() throws IOException {
    store.published("left", "1.0.0", "left bytes");
    store.cached("right", "2.0.0", "right bytes");
    store.execute("UPDATE version SET size = 9");
    store.execute("UPDATE cached_tarball SET size = 12");

    look();
    assertThat(findings).hasSize(2).allMatch(one -> one.kind() == Kind.SIZE && !one.repaired());
    findings.clear();
    repair();
    assertThat(findings).hasSize(2).allMatch(Finding::repaired);
    assertThat(findings.getFirst().sentence()).startsWith("Its row says ");
    findings.clear();
    look();
    assertThat(findings).isEmpty();
  }

  @Test
  void reportsAnIntegrityOfOtherBytes() throws IOException {
    store.published("left", "1.0.0", "left bytes");
    store.cached("right", "2.0.0", "right bytes");
    store.cached("old", "2.0.0", "old bytes");
    String other = "sha512-" + "A".repeat(86) + "==";
    store.execute("UPDATE version SET integrity = ?", other);
    store.execute("UPDATE cached_tarball SET integrity = ? WHERE name = 'right'", other);
    store.execute(
        "UPDATE cached_tarball SET integrity = 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' WHERE name ="
            + " 'old'");

    repair();

    assertThat(findings)
        .extracting(Finding::kind, Finding::subject, Finding::repaired)
        .containsExactlyInAnyOrder(
            tuple(Kind.INTEGRITY, LEFT, false), tuple(Kind.INTEGRITY, RIGHT, true));
    assertThat(store.count("cached_tarball")).isEqualTo(1);
    assertThat(store.count("version")).isEqualTo(1);
  }

  @Test
  void removesTagsThatLeadNowhereOnly() throws IOException {
    store.published("left", "1.0.0", "left bytes");
    store.tag("left", "latest", "1.0.0");
    store.tag("left", "next", "9.9.9");
    store.published("right", "1.0.0", "right bytes");
    store.cached("right", "2.0.0", "cached bytes");
    store.tag("right", "cached", "2.0.0");
    store.published("mixed", "1.0.0", "mixed bytes");
    store.document("mixed", "{}");
    store.tag("mixed", "upstream", "3.0.0");

    look();
    assertThat(findings)
        .containsExactly(
            new Finding(
                Kind.TAG,
                "default/default left",
                "The tag next names the version 9.9.9, which is nowhere.",
                false));
    repair();
    assertThat(store.count("dist_tag")).isEqualTo(3);
  }

  @Test
  void reportsAManifestOfAnotherVersion() throws IOException {
    store.published("left", "1.0.0", "left bytes");
    for (String manifest :
        List.of(
            "{\"name\":\"left\",\"version\":\"1.0.1\"}",
            "{\"name\":\"lefty\",\"version\":\"1.0.0\"}",
            "{\"name\":")) {
      store.execute("UPDATE version SET manifest = ?", manifest);
      findings.clear();
      repair();
      assertThat(findings)
          .extracting(Finding::kind, Finding::subject, Finding::repaired)
          .containsExactly(tuple(Kind.MANIFEST, LEFT, false));
    }
  }

  private Extent look() throws IOException {
    return Verifier.look(store.database(), store.blobs, findings::add);
  }

  private Extent repair() throws IOException {
    return Verifier.repair(
        store.database(),
        store.blobs,
        new Trail(new TestingClock()),
        new Actor.Operator(),
        findings::add);
  }
}
