package dev.gatehouse.policy.rule.custom;

import static dev.gatehouse.policy.rule.custom.Variable.Type.ADVISORIES;
import static dev.gatehouse.policy.rule.custom.Variable.Type.BOOL;
import static dev.gatehouse.policy.rule.custom.Variable.Type.INT;
import static dev.gatehouse.policy.rule.custom.Variable.Type.STRING;
import static dev.gatehouse.policy.rule.custom.Variable.Type.STRINGS;
import static dev.gatehouse.policy.rule.custom.Variable.Type.TIMESTAMP;

import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Contents.Difference;
import dev.gatehouse.policy.fact.Contents.Sizes;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.policy.licence.SpdxExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What expressions can ask for. `docs/POLICIES.md` lists it; a test compares.
final class Vocabulary {
  /// The fields of an advisory. `score` is there only where somebody gave one: `has(a.score)`.
  static final Map<String, String> ADVISORY =
      Map.of(
          "id", "string",
          "aliases", "list(string)",
          "source", "string",
          "summary", "string",
          "kind", "string",
          "severity", "string",
          "score", "double",
          "fixed", "list(string)");

  /// The fields of a dependency that no registry gives.
  static final Map<String, String> EXOTIC =
      Map.of("name", "string", "spec", "string", "origin", "string");

  static final List<Variable> ALL = all();
  private static final Map<String, Variable> BY_NAME = byName();

  private Vocabulary() {}

  /// The variable of that name, or null.
  static @Nullable Variable find(String name) {
    return BY_NAME.get(name);
  }

  /// Whether nobody can tell what advisories say, because none were ever imported.
  static boolean neverImported(Advisories advisories) {
    return !advisories.imported() && advisories.touching() instanceof Fact.Missing<?>;
  }

  private static Map<String, Variable> byName() {
    Map<String, Variable> byName = new HashMap<>();
    ALL.forEach(one -> byName.put(one.name(), one));
    return Map.copyOf(byName);
  }

  private static List<Variable> all() {
    List<Variable> all = new ArrayList<>();
    all.addAll(subject());
    all.addAll(publication());
    all.addAll(proof());
    all.addAll(licence());
    all.addAll(manifest());
    all.addAll(bytes());
    all.addAll(tarball());
    return List.copyOf(all);
  }

  private static List<Variable> subject() {
    return List.of(
        always("name", STRING, facts -> facts.subject().name(), "the package"),
        always("version", STRING, facts -> facts.subject().version(), "its version"),
        always(
            "place",
            STRING,
            facts -> word(facts.subject().place()),
            "`hosted`, `cached` or `upstream`"),
        always(
            "internal",
            BOOL,
            facts -> facts.subject().internal(),
            "whether the name is owned here"));
  }

  private static List<Variable> publication() {
    return List.of(
        new Variable(
            "published",
            TIMESTAMP,
            FactKind.PUBLISHED,
            facts -> facts.history().published(),
            "when, as for `delay`"),
        new Variable(
            "publisher",
            STRING,
            FactKind.PUBLICATION,
            facts -> facts.history().publication().map(Publication::publisher),
            "by whom"),
        new Variable(
            "published_by",
            STRING,
            FactKind.PUBLICATION,
            facts -> facts.history().publication().map(one -> word(one.trust())),
            "`none` (a token), `provenance`, `trusted-publisher` or `staged`"));
  }

  private static List<Variable> proof() {
    return List.of(
        new Variable(
            "earlier_publishers",
            STRINGS,
            FactKind.EARLIER,
            facts -> facts.history().earlier().map(one -> sorted(one)),
            "who published the versions before; missing for the first"),
        new Variable(
            "earlier_published_by",
            STRING,
            FactKind.EARLIER,
            facts -> facts.history().earlier().map(one -> word(one.best())),
            "the best way in which one of them was; missing for the first"),
        new Variable(
            "signature",
            STRING,
            FactKind.SIGNATURE,
            facts -> facts.history().signature().map(Vocabulary::word),
            "`verified`, `wrong`, `absent`, `unchecked` or `received`"),
        new Variable(
            "provenance",
            STRING,
            FactKind.PROVENANCE,
            facts -> facts.history().provenance().map(Vocabulary::word),
            "`none`, `verified`, `wrong` or `received`, once the tarball is asked for"));
  }

  private static List<Variable> licence() {
    return List.of(
        new Variable(
            "licence",
            STRING,
            FactKind.LICENCE,
            facts -> facts.manifest().licence().map(LicenceClaim::raw),
            "what the manifest claims, as it stands there"),
        new Variable(
            "spdx",
            STRING,
            FactKind.LICENCE,
            facts -> facts.manifest().licence().map(Vocabulary::spdx),
            "the SPDX expression that this is, or is taken for; empty if it is none"),
        new Variable(
            "licence_grade",
            STRING,
            FactKind.LICENCE,
            facts -> facts.manifest().licence().map(one -> word(one.reading().grade())),
            "`parsed`, `corrected`, `see-file`, `proprietary` or `unrecognised`"));
  }

  private static List<Variable> manifest() {
    return List.of(
        new Variable(
            "scripts",
            STRINGS,
            FactKind.SCRIPTS,
            facts -> facts.manifest().scripts().map(one -> one.stream().sorted().toList()),
            "those of its scripts that installing runs"),
        new Variable(
            "exotic",
            Variable.Type.EXOTIC,
            FactKind.EXOTIC,
            facts ->
                facts.manifest().exotic().map(one -> one.stream().map(Vocabulary::exotic).toList()),
            "dependencies that no registry gives"),
        new Variable(
            "deprecated",
            BOOL,
            FactKind.DEPRECATED,
            facts -> facts.manifest().deprecated(),
            "whether it is"),
        new Variable(
            "advisories",
            ADVISORIES,
            FactKind.ADVISORIES,
            Vocabulary::advisories,
            "those that touch this version"));
  }

  private static List<Variable> bytes() {
    return List.of(
        new Variable(
            "other_bytes",
            STRINGS,
            FactKind.OTHER_BYTES,
            facts -> facts.contents().otherBytes(),
            "the sources that have this version with other bytes"),
        new Variable(
            "observed_licences",
            STRINGS,
            FactKind.OBSERVED_LICENCES,
            facts -> facts.contents().observedLicences(),
            "SPDX ids of the licence files that are recognised"),
        new Variable(
            "builds",
            BOOL,
            FactKind.IMPLICIT_BUILD,
            facts -> facts.contents().implicitBuild(),
            "whether a `binding.gyp` is in the tarball"),
        new Variable(
            "differences",
            STRINGS,
            FactKind.DIFFERENCES,
            facts ->
                facts
                    .contents()
                    .differences()
                    .map(one -> one.stream().map(Difference::field).toList()),
            "the fields that the tarball's package.json has otherwise"));
  }

  private static List<Variable> tarball() {
    return List.of(
        new Variable(
            "scanned",
            BOOL,
            FactKind.SCANNED,
            facts -> facts.contents().scan().scanned(),
            "whether the tarball was looked through to its end"),
        size("packed", Sizes::packed, "bytes of the tarball"),
        size("unpacked", Sizes::unpacked, "bytes of its files"),
        size("files", one -> (long) one.files(), "how many files are in it"));
  }

  private static Variable always(
      String name, Variable.Type type, Function<Facts, Object> value, String meaning) {
    return new Variable(name, type, null, facts -> Fact.known(value.apply(facts)), meaning);
  }

  private static Variable size(String name, Function<Sizes, Long> value, String meaning) {
    return new Variable(
        name, INT, FactKind.SIZES, facts -> facts.contents().scan().sizes().map(value), meaning);
  }

  /// Until they were first imported, what nobody knows is allowed.
  private static Fact<List<Map<String, Object>>> advisories(Facts facts) {
    return neverImported(facts.advisories())
        ? Fact.known(List.of())
        : facts
            .advisories()
            .touching()
            .map(hits -> hits.stream().map(Vocabulary::advisory).toList());
  }

  private static Map<String, Object> advisory(Advisories.Hit hit) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("id", hit.label().id());
    fields.put("aliases", hit.label().aliases().stream().sorted().toList());
    fields.put("source", hit.label().source());
    fields.put("summary", hit.label().summary());
    fields.put("kind", word(hit.kind()));
    fields.put("severity", word(hit.rating().severity()));
    Double score = hit.rating().score();
    if (score != null) {
      fields.put("score", score);
    }
    fields.put("fixed", hit.fixed());
    return Map.copyOf(fields);
  }

  private static Map<String, Object> exotic(ExoticDependency one) {
    return Map.of("name", one.name(), "spec", one.spec(), "origin", word(one.origin()));
  }

  private static String spdx(LicenceClaim claim) {
    SpdxExpression read = claim.reading().expression();
    return read == null ? "" : read.toString();
  }

  private static List<String> sorted(Earlier earlier) {
    return earlier.publishers().stream().sorted().toList();
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
