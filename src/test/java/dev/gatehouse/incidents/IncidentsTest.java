package dev.gatehouse.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// `docs/INCIDENTS.md` says which policy would have stopped which incident. Its last part is
/// written from what a real server did with their twins, by running this test with
/// `-Dgolden.update`.
@TestInstance(Lifecycle.PER_CLASS)
final class IncidentsTest {
  private static final Path DOCUMENT = Path.of("docs/INCIDENTS.md");
  private static final String MARK = "<!-- From here on written from what the tests saw. -->\n";

  private final List<Incident> incidents = Incident.all();
  private List<Outcome> outcomes = List.of();
  private Set<String> asked = Set.of();

  @BeforeAll
  void replay() {
    try (var history = new History(incidents)) {
      outcomes = history.replay();
      asked = history.asked();
    }
  }

  @Test
  void theDelayHoldsEveryVersionOfOthersAtFirst() {
    assertThat(outcomes)
        .filteredOn(one -> one.incident().hosted() == null)
        .isNotEmpty()
        .allSatisfy(one -> {
          assertThat(one.atFirst().verdict()).as(one.incident().title()).isEqualTo("hold");
          assertThat(one.atFirst().by()).contains("delay");
        });
  }

  @Test
  void whatAnAdvisoryCallsMalwareIsBlockedWithIt() {
    assertThat(outcomes)
        .filteredOn(one -> isMalware(one.incident()))
        .hasSizeGreaterThan(10)
        .allSatisfy(one -> {
          assertThat(Objects.requireNonNull(one.justKnown()).by()).contains("malware");
          assertThat(one.afterwards().by()).contains("malware");
        });
  }

  private static boolean isMalware(Incident incident) {
    Incident.Advice advice = incident.advisory();
    return advice != null && (advice.id().startsWith("MAL-") || "CWE-506".equals(advice.cwe()));
  }

  @Test
  void aNameThatIsOwnedHereIsNeverAskedForOutside() {
    assertThat(asked).contains("/acme-invoices").doesNotContain("/acme-billing");
    assertThat(asked).doesNotContain(TestingPackage.tarballPath("acme-billing", "9000.0.0"));
  }

  @Test
  void theDocumentSaysWhatWasSeen() throws IOException {
    String text = Files.readString(DOCUMENT);
    int mark = text.indexOf(MARK);
    assertThat(mark).as("the mark in " + DOCUMENT).isPositive();
    String written = text.substring(0, mark) + MARK + tables();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(DOCUMENT, written);
    }
    assertThat(text).isEqualTo(written);
  }

  private String tables() {
    return "\n## At the defaults of a firewall registry, with the delay\n\n"
        + "| incident | version | advisory after | ½ hour old | a minute before the advisory "
        + "| afterwards |\n|---|---|---|---|---|---|\n"
        + lines(IncidentsTest::defaults)
        + "\n## What the other policies say of the version by itself\n\n"
        + "| incident | withheld by | warns |\n|---|---|---|\n"
        + lines(IncidentsTest::others)
        + "\n## What gets through\n\n"
        + through()
        + "\n## What happened\n"
        + incidents.stream().map(IncidentsTest::story).collect(Collectors.joining());
  }

  private String lines(Function<Outcome, String> line) {
    return outcomes.stream().map(line).collect(Collectors.joining());
  }

  private static String defaults(Outcome one) {
    return "| %s | `%s` | %s | %s | %s | %s |\n"
        .formatted(
            one.incident().title(),
            one.incident().name() + "@" + one.incident().evil(),
            one.incident().advisory() == null ? "never" : span(known(one.incident())),
            one.atFirst().words(),
            one.stillUnknown().words(),
            one.afterwards().words());
  }

  private static String others(Outcome one) {
    return "| %s | %s | %s |\n"
        .formatted(
            one.incident().title(),
            one.strict().equals(Outcome.Seen.NEVER) ? "never asked for" : names(one.strict().by()),
            names(one.strict().warned()));
  }

  private static String names(List<String> policies) {
    return policies.stream().map(one -> "`" + one + "`").collect(Collectors.joining(", "));
  }

  private String through() {
    return Stream.of(
            "- By the delay before anybody knew: "
                + titles(one -> one.stillUnknown().isServed())
                + ".\n",
            "- Even afterwards, as long as the upstream has it: "
                + titles(one -> one.afterwards().isServed())
                + ".\n",
            "- By all that looks at the version itself: "
                + titles(one -> one.strict().isServed())
                + ".\n")
        .collect(Collectors.joining());
  }

  private String titles(Predicate<Outcome> which) {
    return outcomes.stream()
        .filter(which)
        .map(one -> one.incident().title())
        .collect(Collectors.joining("; "));
  }

  private static String story(Incident one) {
    String published = one.published().toString();
    Incident.Advice advice = one.advisory();
    return "\n**%s.** %s Published %s%s.%s\n"
        .formatted(
            one.title(),
            one.story(),
            published,
            advice == null ? "" : ", " + advice.id() + " " + advice.published(),
            one.about() == null ? "" : " Approximate: " + one.about() + ".");
  }

  private static Duration known(Incident one) {
    return Duration.between(
        one.published(), Instant.parse(Objects.requireNonNull(one.advisory()).published()));
  }

  private static String span(Duration span) {
    return span.toHours() >= 48 ? span.toDays() + " days" : span.toHours() + " h";
  }
}
