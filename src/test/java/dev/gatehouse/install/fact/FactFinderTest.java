package dev.gatehouse.install.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.install.attestation.AttestationFindings;
import dev.gatehouse.install.attestation.AttestationRows;
import dev.gatehouse.install.attestation.SigstoreSettings;
import dev.gatehouse.install.signature.KeyState;
import dev.gatehouse.install.signature.SignatureChecks;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import dev.gatehouse.packages.InspectionRows;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Trust;
import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class FactFinderTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant SEEN = Instant.parse("2026-11-26T11:00:00Z");

  @AutoClose private final TestingDatabase databases = TestingDatabases.fresh(Dialect.SQLITE);
  @AutoClose private final Changes changes = new Changes(databases.database());
  private final Evidence evidence =
      new Evidence(
          new Advisories(databases.database(), changes),
          new Inspections(new InspectionRows(databases.database()), Clock.systemUTC()),
          new SignatureChecks(),
          new AttestationFindings(
              new AttestationRows(databases.database()),
              SigstoreSettings.defaults(),
              Clock.systemUTC()));

  @Test
  void believesTheUpstreamsTime() {
    var facts = about("2026-11-01T00:00:00.000Z", Map.of());

    assertThat(facts.history().published())
        .isEqualTo(Fact.known(Instant.parse("2026-11-01T00:00:00Z")));
  }

  @Test
  void takesATimeThatCannotBeTrueForMissing() {
    for (String time : List.of("2026-11-26T12:00:00.001Z", "9999-01-01T00:00:00.000Z", "soon")) {
      assertThat(about(time, Map.of()).history().published()).as(time).isEqualTo(Fact.missing());
    }
  }

  @Test
  void countsFromTheFirstSightWhereTheTimeDoesNotCount() {
    for (String time : List.of("9999-01-01T00:00:00.000Z", "soon", "2020-01-01T00:00:00.000Z")) {
      assertThat(about(time, Map.of("1.0.0", SEEN)).history().published())
          .as(time)
          .isEqualTo(Fact.known(SEEN));
    }
  }

  @Test
  void ranksHowVersionsWerePublished() {
    MergedPackument all =
        new Documents()
            .version("1.0.0", user("ada", ""))
            .version("1.1.0", user("ada", "").replace("}}", "}") + ATTESTED)
            .version("1.2.0", user("bot", ",\"trustedPublisher\":{\"id\":\"github\"}"))
            .version("1.3.0", user("bot", ",\"approver\":{\"name\":\"ada\"}"))
            .version("1.4.0", "{}")
            .merged();

    assertThat(all.candidates().stream().map(one -> about(one, all).history().publication()))
        .containsExactly(
            Fact.known(new Publication("ada", Trust.NONE)),
            Fact.known(new Publication("ada", Trust.PROVENANCE)),
            Fact.known(new Publication("bot", Trust.TRUSTED_PUBLISHER)),
            Fact.known(new Publication("bot", Trust.STAGED)),
            Fact.missing());
  }

  @Test
  void comparesEachVersionWithThoseThatWerePublishedBefore() {
    MergedPackument all =
        new Documents()
            .version("2.0.0", "2022-01-01T00:00:00.000Z", one -> publisher(one, "eve"))
            .version("1.0.0", "2020-01-01T00:00:00.000Z", one -> publisher(one, "ada"))
            .version(
                "1.1.0",
                "2021-01-01T00:00:00.000Z",
                one -> {
                  publisher(one, "bot");
                  one.withObjectProperty("_npmUser").putObject("trustedPublisher");
                })
            .merged();

    assertThat(all.candidates().stream().map(one -> about(one, all).history().earlier()))
        .containsExactly(
            Fact.known(new Earlier(Trust.TRUSTED_PUBLISHER, Set.of("ada", "bot"))),
            Fact.missing(),
            Fact.known(new Earlier(Trust.NONE, Set.of("ada"))));
  }

  @Test
  void tellsWhatIsPublishedHereFromWhatIsNot() {
    MergedPackument all = new Documents().version("1.0.0", "{}").merged();
    Selected version = all.candidates().getFirst();
    var here =
        new Case(
            "pad",
            true,
            all,
            _ -> new Provenance(Subject.Place.HOSTED, List.of(1L), null, null, Map::of),
            Map.of());

    assertThat(new FactFinder(here, evidence, NOW).about(version, Set.of()).subject())
        .isEqualTo(new Subject("pad", "1.0.0", Subject.Place.HOSTED, true));
    assertThat(about(version, all).subject())
        .isEqualTo(new Subject("pad", "1.0.0", Subject.Place.UPSTREAM, false));
  }

  private static final String ATTESTED =
      ",\"dist\":{\"shasum\":\"00\",\"attestations\":{\"provenance\":{\"predicateType\":\"x\"}}}}";

  private static String user(String name, String more) {
    return "{\"_npmUser\":{\"name\":\"%s\"%s}}".formatted(name, more);
  }

  private static void publisher(
      com.fasterxml.jackson.databind.node.ObjectNode version, String name) {
    version.putObject("_npmUser").put("name", name);
  }

  private Facts about(String time, Map<String, Instant> seen) {
    MergedPackument all = new Documents().version("1.0.0", time, _ -> {}).merged();
    var subject =
        new Case(
            "pad",
            false,
            all,
            _ ->
                new Provenance(
                    Subject.Place.UPSTREAM, List.of(1L), null, new KeyState.None(), () -> seen),
            Map.of());
    return new FactFinder(subject, evidence, NOW)
        .about(all.candidates().getFirst(), EnumSet.allOf(FactKind.class));
  }

  private Facts about(Selected version, MergedPackument all) {
    var subject =
        new Case(
            "pad",
            false,
            all,
            _ -> new Provenance(Subject.Place.UPSTREAM, List.of(1L), null, null, Map::of),
            Map.of());
    return new FactFinder(subject, evidence, NOW).about(version, EnumSet.allOf(FactKind.class));
  }
}
