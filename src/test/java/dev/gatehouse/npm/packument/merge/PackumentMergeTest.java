package dev.gatehouse.npm.packument.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.packument.Documents;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentView;
import dev.gatehouse.npm.packument.Selected;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackumentMergeTest {
  private static final Instant DAY = Instant.parse("2020-01-01T00:00:00Z");

  /// A source whose versions say `from` where they came from.
  private static Source source(String from, String tags, String... versions) {
    return new Source(index(from, tags, versions), FallbackTimes.NONE, false);
  }

  private static Source hosted(String tags, String... versions) {
    return new Source(index("here", tags, versions), FallbackTimes.NONE, true);
  }

  private static PackumentIndex index(String from, String tags, String... versions) {
    String objects =
        Arrays.stream(versions)
            .map(version ->
                version.startsWith("!")
                    ? "\"%s\":{}".formatted(version.substring(1))
                    : "\"%s\":{\"name\":\"a\",\"version\":\"%s\",\"dist\":{},\"from\":\"%s\"}"
                        .formatted(version, version, from))
            .collect(Collectors.joining(","));
    return Documents.index(
        "{\"name\":\"a\",\"readme\":\"%s\",\"dist-tags\":{%s},\"versions\":{%s}}"
            .formatted(from, tags, objects),
        "a");
  }

  private static Map<String, String> origins(PackumentView view) throws IOException {
    JsonNode versions = Documents.tree(Documents.full(view)).get("versions");
    return versions
        .propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, v -> v.getValue().get("from").textValue()));
  }

  private static PackumentView all(Map<String, String> ownTags, Source... sources) {
    return PackumentMerge.merge(ownTags, List.of(sources)).serving(_ -> true, "1-a");
  }

  @Test
  void takesEachVersionFromTheFirstSourceThatHasIt() throws IOException {
    PackumentView view =
        all(Map.of(), source("one", "", "1.0.0"), source("two", "", "1.0.0", "2.0.0"));
    assertThat(origins(view)).isEqualTo(Map.of("1.0.0", "one", "2.0.0", "two"));
    assertThat(view.versions()).extracting(Selected::version).containsExactly("1.0.0", "2.0.0");
    assertThat(Documents.tree(Documents.full(view)).get("readme").textValue()).isEqualTo("one");
  }

  @Test
  void neverFillsAWithheldVersionFromALowerSource() throws IOException {
    MergedPackument merged =
        PackumentMerge.merge(
            Map.of(), List.of(source("one", "", "1.0.0"), source("two", "", "1.0.0", "2.0.0")));
    PackumentView view =
        merged.serving(selected -> !"\"one\"".equals(selected.source().detail("readme")), "1-a");
    assertThat(origins(view)).isEqualTo(Map.of("2.0.0", "two"));
  }

  @Test
  void neverFillsAnUnusableVersionFromALowerSource() throws IOException {
    PackumentView view =
        all(Map.of(), source("one", "", "!1.0.0"), source("two", "", "1.0.0", "2.0.0"));
    assertThat(origins(view)).isEqualTo(Map.of("2.0.0", "two"));
  }

  @Test
  void prefersTheRegistrysOwnTagsThenTheFirstSourceThatHasTheTag() {
    PackumentView view =
        all(
            Map.of("stable", "1.0.0"),
            source("one", "\"stable\":\"2.0.0\",\"next\":\"2.0.0\"", "1.0.0", "2.0.0"),
            source("two", "\"next\":\"3.0.0\",\"lts\":\"3.0.0\",\"latest\":\"3.0.0\"", "3.0.0"));
    assertThat(view.tags())
        .isEqualTo(Map.of("stable", "1.0.0", "next", "2.0.0", "lts", "3.0.0", "latest", "3.0.0"));
  }

  @Test
  void keepsLatestAtTheHostedVersionWhateverUpstreamsSay() {
    Source upstream = source("up", "\"latest\":\"9.0.0\"", "9.0.0");
    assertThat(all(Map.of(), hosted("\"latest\":\"1.0.0\"", "1.0.0", "2.0.0"), upstream).tags())
        .containsEntry("latest", "1.0.0");
    assertThat(all(Map.of(), hosted("", "1.0.0", "2.0.0", "3.0.0-a"), upstream).tags())
        .containsEntry("latest", "2.0.0");
    assertThat(all(Map.of(), hosted(""), upstream).tags()).containsEntry("latest", "9.0.0");
    assertThat(all(Map.of("latest", "9.0.0"), hosted("", "1.0.0"), upstream).tags())
        .containsEntry("latest", "9.0.0");
  }

  @Test
  void servesWhatRemainsWithTagsRepaired() throws IOException {
    MergedPackument merged =
        PackumentMerge.merge(
            Map.of(), List.of(source("one", "\"latest\":\"2.0.0\"", "1.0.0", "2.0.0")));
    PackumentView view = merged.serving(selected -> selected.version().equals("1.0.0"), "7-b");
    JsonNode full = Documents.tree(Documents.full(view));
    assertThat(full.at("/dist-tags/latest").textValue()).isEqualTo("1.0.0");
    assertThat(full.get("_rev").textValue()).isEqualTo("7-b");
    assertThat(full.get("versions").has("2.0.0")).isFalse();
    assertThat(full.get("time").has("2.0.0")).isFalse();
    assertThat(merged.serving(_ -> false, "8-c").tags()).isEmpty();
  }

  @Test
  void tellsTheTimeOfTheDocumentElseFirstSeenElseOfTheSource() {
    PackumentIndex index =
        Documents.index(
            """
            {"name":"a","time":{"created":"2019-01-01T00:00:00Z","1.0.0":"2020-06-01T00:00:00Z"},
            "versions":{
            "1.0.0":{"name":"a","version":"1.0.0","dist":{}},
            "1.1.0":{"name":"a","version":"1.1.0","dist":{}},
            "1.2.0":{"name":"a","version":"1.2.0","dist":{}}}}
            """,
            "a");
    Instant seen = Instant.parse("2022-01-01T00:00:00Z");
    FallbackTimes times = new FallbackTimes(DAY, Map.of("1.0.0", seen, "1.2.0", seen));
    PackumentView view =
        PackumentMerge.merge(Map.of(), List.of(new Source(index, times, false)))
            .serving(_ -> true, "1-a");
    assertThat(view.versions())
        .extracting(Selected::published)
        .containsExactly(Instant.parse("2020-06-01T00:00:00Z"), DAY, seen);
    assertThat(view.stamps().created()).isEqualTo("2019-01-01T00:00:00Z");
    assertThat(view.stamps().modified()).isEqualTo(seen);
  }
}
