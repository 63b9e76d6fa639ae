package dev.gatehouse.npm.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.npm.semver.VersionRange.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every answer that node-semver 7.8.6 gave, to versions and ranges of real packages and to the
/// awkward ones. The text of a range counts too: it shows every bound.
class NodeSemverTest {
  private static final String CASES = "/npm/semver/node-semver-7.8.6.jsonl.gz";
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "parse, 303",
    "validRange, 866",
    "compare, 399",
    "compareBuild, 4",
    "satisfies, 1452",
    "maxSatisfying, 400",
    "minSatisfying, 60",
    "sort, 40"
  })
  void answersAsNodeSemverDoes(String operation, int rows) throws IOException {
    List<JsonNode> cases = cases(row -> row.path("op").asText().equals(operation));
    List<String> failures = new ArrayList<>();
    for (JsonNode row : cases) {
      JsonNode answer = JSON.valueToTree(answer(row));
      if (!answer.equals(JSON.valueToTree(expected(row)))) {
        failures.add(row + "\n    but was " + answer);
      }
    }
    assertThat(failures).as("%d of %d rows", failures.size(), cases.size()).isEmpty();
    assertThat(cases).hasSize(rows);
  }

  @Test
  void leavesNoRowOut() throws IOException {
    assertThat(cases(_ -> true)).hasSize(3524);
  }

  private static @Nullable Object expected(JsonNode row) {
    JsonNode expect = row.path("expect");
    if (!row.path("op").asText().equals("parse") || expect.isNull()) {
      return expect;
    }
    return new Parsed(
        expect.path("version").asText(),
        List.of(
            expect.path("major").asLong(),
            expect.path("minor").asLong(),
            expect.path("patch").asLong()),
        joined(expect.path("prerelease")),
        joined(expect.path("build")));
  }

  private record Parsed(String version, List<Long> numbers, String prerelease, String build) {}

  private static @Nullable Object answer(JsonNode row) {
    return switch (row.path("op").asText()) {
      case "parse" -> parsed(version(row, row.path("v")));
      case "validRange" -> Objects.toString(range(row), null);
      case "compare" -> required(row, "a").compareTo(required(row, "b"));
      case "compareBuild" -> Version.BY_BUILD.compare(required(row, "a"), required(row, "b"));
      case "satisfies" -> satisfies(row);
      case "maxSatisfying" -> chosen(row, VersionRange::highest);
      case "minSatisfying" -> chosen(row, VersionRange::lowest);
      case "sort" ->
          versions(row).stream().sorted(Version.BY_BUILD).map(Version::toString).toList();
      case String other -> fail("Unknown operation " + other);
    };
  }

  private static @Nullable Object parsed(@Nullable Version version) {
    if (version == null) {
      return null;
    }
    return new Parsed(
        version.withoutBuild().toString(),
        List.of(version.major(), version.minor(), version.patch()),
        version.prerelease(),
        version.build());
  }

  private static boolean satisfies(JsonNode row) {
    Version version = version(row, row.path("v"));
    VersionRange range = range(row);
    return version != null && range != null && range.includes(version);
  }

  @FunctionalInterface
  private interface Choice {
    @Nullable Version of(VersionRange range, List<Version> versions);
  }

  private static @Nullable Object chosen(JsonNode row, Choice choice) {
    VersionRange range = range(row);
    return range == null ? null : Objects.toString(choice.of(range, versions(row)), null);
  }

  private static @Nullable VersionRange range(JsonNode row) {
    return VersionRange.parse(
        row.path("range").asText(), new Options(row.has("loose"), row.has("includePrerelease")));
  }

  private static @Nullable Version version(JsonNode row, JsonNode text) {
    return row.has("loose") ? Version.parseLoose(text.asText()) : Version.parse(text.asText());
  }

  private static Version required(JsonNode row, String field) {
    return Objects.requireNonNull(version(row, row.path(field)));
  }

  private static List<Version> versions(JsonNode row) {
    return texts(row.path("versions"), text -> Objects.requireNonNull(version(row, text)));
  }

  private static String joined(JsonNode identifiers) {
    return String.join(".", texts(identifiers, JsonNode::asText));
  }

  private static <T> List<T> texts(JsonNode array, Function<JsonNode, T> each) {
    return array.valueStream().map(each).toList();
  }

  private static List<JsonNode> cases(Predicate<JsonNode> wanted) throws IOException {
    try (var in = Objects.requireNonNull(NodeSemverTest.class.getResourceAsStream(CASES));
        var reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
        Stream<String> lines = reader.lines()) {
      return lines.map(NodeSemverTest::read).filter(wanted).toList();
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
