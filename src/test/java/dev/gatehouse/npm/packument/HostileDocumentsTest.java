package dev.gatehouse.npm.packument;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.packument.PackumentParse.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that are broken, wrong or made to deceive.
class HostileDocumentsTest {
  private static final String SOUND = version("1.0.0", "\"dist\":{\"shasum\":\"00\"}");

  private static String version(String number, String fields) {
    return "\"%s\":{\"name\":\"a\",\"version\":\"%s\",%s}".formatted(number, number, fields);
  }

  private static String document(String versions) {
    return "{\"name\":\"a\",\"versions\":{" + versions + "}}";
  }

  private static String refusal(String json) {
    return Documents.refusal(Documents.bytes(json), "a");
  }

  private static JsonNode rendered(String json) throws IOException {
    PackumentIndex index = Documents.index(json, "a");
    PackumentFuzz.requireSound(index);
    return Documents.tree(Documents.full(Documents.view(index)));
  }

  private static JsonNode renderedAbbreviated(String json) throws IOException {
    return Documents.tree(Documents.abbreviated(Documents.view(Documents.index(json, "a"))))
        .at("/versions/1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nul",
        "{\"name\":\"a\"",
        "{\"name\":\"a\"}}",
        "{\"name\":\"a\"} {}",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\",}",
        "{'name':'a'}",
        "{\"name\":\"a\",\"x\":01}",
        "{\"name\":\"a\",\"x\":NaN}",
        "{\"name\":\"a\",\"x\":\"\n\"}",
        "{\"name\":\"a\"/**/}",
        "{\"name\":\"a\",\"readme\":\"\\x\"}",
        "{\"name\":\"a\",\"readme\":\"\\",
        "[]",
        "\"a\"",
        "{}",
        "{\"name\":null}",
        "{\"name\":[\"a\"]}",
        "{\"name\":\"A\"}",
        "{\"name\":\"b\"}",
        "{\"error\":\"not found\"}",
        "{\"name\":\"a\",\"name\":\"a\"}",
        "{\"name\":\"a\",\"n\\u0061me\":\"a\"}",
        "{\"name\":\"a\",\"versions\":[]}",
        "{\"name\":\"a\",\"versions\":\"1.0.0\"}",
        "{\"name\":\"a\",\"versions\":{},\"versions\":{}}"
      })
  void refusesWhatIsNoPackumentOfThePackage(String json) {
    assertThat(refusal(json)).startsWith("The document ").endsWith(".");
  }

  @Test
  void saysThatAWebPageIsNone() {
    assertThat(refusal(" \n<!DOCTYPE html><p>Sign in")).contains("web page");
    assertThat(refusal("\ufeff<html>")).contains("web page");
  }

  @Test
  void quotesNothingOfADocumentThatItRefuses() {
    assertThat(refusal("{\"name\":\"a\",secret}")).doesNotContain("secret").contains("near byte");
  }

  @Test
  void readsAByteOrderMarkAndKeepsOffsetsTrue() throws IOException {
    assertThat(rendered("\ufeff" + document(SOUND)).at("/versions/1.0.0/dist/shasum").textValue())
        .isEqualTo("00");
  }

  @Test
  void refusesOtherEncodings() {
    assertThat(Documents.refusal(document(SOUND).getBytes(UTF_16LE), "a")).contains("not valid");
    assertThat(Documents.refusal(document(SOUND).getBytes(UTF_16BE), "a")).contains("not valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c0af", "80", "eda080", "f4908080", "f8888080", "c3", "e282", "ff"})
  void refusesBytesThatAreNoUtf8(String hex) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes(Documents.bytes("{\"name\":\"a\",\"readme\":\""));
    json.writeBytes(HexFormat.of().parseHex(hex));
    json.writeBytes(Documents.bytes("\"}"));
    assertThat(Documents.refusal(json.toByteArray(), "a")).contains("UTF-8");
  }

  @Test
  void refusesDeepNestingWithoutOverflowing() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(refusal("{\"name\":\"a\",\"x\":" + deep + "}")).contains("too deeply");
    assertThat(refusal(document(version("1.0.0", "\"dist\":{},\"x\":" + deep))))
        .contains("too deeply");
  }

  @Test
  void refusesAVersionNamedTwice() {
    assertThat(refusal(document(SOUND + "," + SOUND))).contains("twice");
    assertThat(refusal(document(SOUND + "," + SOUND.replaceFirst("1.0.0", "1.0.\\\\u0030"))))
        .contains("twice");
  }

  @Test
  void refusesMoreVersionsThanMemoryIsMeantFor() {
    String many =
        IntStream.rangeClosed(0, 50_000)
            .mapToObj(i -> "\"1.0." + i + "\":0")
            .collect(Collectors.joining(","));
    assertThat(refusal(document(many))).contains("more than 50000 versions");
  }

  @Test
  void refusesNamesThatWouldFillJacksonsTable() {
    String many =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"" + i + "x".repeat(500) + "\":0")
            .collect(Collectors.joining(","));
    assertThat(refusal("{\"name\":\"a\",\"x\":{" + many + "}}")).contains("too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1.0.0\":null",
        "\"1.0.0\":[{}]",
        "\"1.0.0\":{}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\"}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":null}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":[]}",
        "\"1.0.0\":{\"name\":\"a\",\"dist\":{}}",
        "\"1.0.0\":{\"version\":\"1.0.0\",\"dist\":{}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.1\",\"dist\":{}}",
        "\"1.0.0\":{\"name\":\"A\",\"version\":\"1.0.0\",\"dist\":{}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":{},\"dist\":{}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":{},\"d\\u0069st\":{}}",
        "\"1.0.0\":{\"name\":\"b\",\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":{}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":{\"tarball\":1,\"tarball\":2}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\","
            + "\"dist\":{\"attestations\":{\"url\":1,\"\\u0075rl\":2}}}",
        "\"1.0.0\":{\"name\":\"a\",\"version\":\"1.0.0\",\"dist\":{},"
            + "\"scripts\":{\"install\":\"x\",\"install\":\"\"}}",
        "\"v1.0.0\":{\"name\":\"a\",\"version\":\"v1.0.0\",\"dist\":{}}",
        "\" 1.0.0\":{\"name\":\"a\",\"version\":\" 1.0.0\",\"dist\":{}}",
        "\"1.0\":{\"name\":\"a\",\"version\":\"1.0\",\"dist\":{}}",
        "\"latest\":{\"name\":\"a\",\"version\":\"latest\",\"dist\":{}}",
        "\"../x\":{\"name\":\"a\",\"version\":\"../x\",\"dist\":{}}",
      })
  void dropsAVersionThatCannotBeServedAndKeepsTheOthers(String bad) throws IOException {
    String other = version("2.0.0", "\"dist\":{\"shasum\":\"00\"}");
    PackumentIndex index = Documents.index(document(bad + "," + other), "a");
    assertThat(index.versions()).extracting(VersionRow::version).containsExactly("2.0.0");
    assertThat(index.dropped())
        .singleElement()
        .satisfies(dropped -> {
          assertThat(bad).startsWith("\"" + dropped.version() + "\"");
          assertThat(dropped.reason()).startsWith("It").endsWith(".");
        });
    PackumentFuzz.requireSound(index);
  }

  @Test
  void cutsTheNameOfAVersionThatItDrops() {
    String key = "9".repeat(5000);
    assertThat(Documents.index(document("\"" + key + "\":{}"), "a").dropped())
        .extracting(dropped -> dropped.version().length())
        .containsExactly(256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\"}",
        "{\"name\":\"a\",\"versions\":null,\"dist-tags\":null,\"time\":null,\"modified\":null}",
        "{\"name\":\"a\",\"versions\":{},\"dist-tags\":[],\"time\":\"x\",\"modified\":1}",
        "{\"name\":\"a\",\"dist-tags\":{\"latest\":\"1.0.0\",\"x\":null,\"y\":{}},"
            + "\"time\":{\"unpublished\":{\"time\":\"2020-01-01T00:00:00.000Z\"}}}",
      })
  void findsNothingInADocumentWithoutVersions(String json) throws IOException {
    JsonNode full = rendered(json);
    assertThat(full.get("versions")).isEmpty();
    assertThat(full.get("dist-tags")).isEmpty();
    assertThat(full.at("/time/modified").textValue()).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                            | {"tarball":"T"}
          { }                           | {"tarball":"T" }
          {"shasum":"00"}               | {"tarball":"T","shasum":"00"}
          { "shasum" : "00" }           | {"tarball":"T", "shasum" : "00" }
          {"tarball":null}              | {"tarball":"T"}
          {"tarball": 12 }              | {"tarball": "T" }
          {"tarball":{"a":[1]},"b":"}"} | {"tarball":"T","b":"}"}
          {"tarball":""}                | {"tarball":"T"}
          {"tarball":"\\\\\\""}         | {"tarball":"T"}
          {"t\\u0061rball":"x"}         | {"t\\u0061rball":"T"}
          {"attestations":{"url":"x"},"tarball":"x"} | {"attestations":{"url":"U"},"tarball":"T"}
          {"tarball":"x","attestations":{"a":1,"url":2}} \
          | {"tarball":"T","attestations":{"a":1,"url":"U"}}
          {"attestations":{"url":"x"}}  | {"tarball":"T","attestations":{"url":"U"}}
          {"attestations":null}         | {"tarball":"T","attestations":null}
          """)
  void pointsEveryDistHereAndTouchesNothingElse(String dist, String expected) throws IOException {
    String json = document(version("1.0.0", "\"dist\":" + dist + " , \"os\" : \"x\""));
    String object =
        version("1.0.0", "\"dist\":" + expected + " , \"os\" : \"x\"")
            .replace("\"T\"", "\"https://gate.test/r/team/a/-/a-1.0.0.tgz\"")
            .replace("\"U\"", "\"https://gate.test/r/team/-/npm/v1/attestations/a@1.0.0\"");
    PackumentView view = Documents.view(Documents.index(json, "a"));
    assertThat(new String(Documents.full(view), UTF_8)).contains("\"versions\":{" + object + "}");
    assertThat(new String(Documents.abbreviated(view), UTF_8))
        .contains("\"versions\":{" + object + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "scripts":{"preinstall":"x"}                               | true
          "scripts":{"install":"x"}                                  | true
          "scripts":{"postinstall":"x"}                              | true
          "scripts":{"p\\u006fstinstall":"x"}                        | true
          "hasInstallScript":false,"scripts":{"install":"x"}         | true
          "hasInstallScript":true                                    | true
          "gypfile":true                                             | true
          "scripts":{"prepare":"x","test":"y"}                       | false
          "scripts":{"install":""}                                   | false
          "scripts":{"install":{"install":"x"}}                      | false
          "scripts":["install"]                                      | false
          "scripts":null,"hasInstallScript":false,"gypfile":false    | false
          "x":{"scripts":{"install":"x"}}                            | false
          """)
  void tellsWhetherInstallingRunsAScript(String fields, boolean scripted) throws IOException {
    String json = document(version("1.0.0", fields + ",\"dist\":{}"));
    assertThat(Documents.index(json, "a").versions().getFirst().hasInstallScript())
        .isEqualTo(scripted);
    JsonNode version = renderedAbbreviated(json);
    assertThat(version.has("hasInstallScript")).isEqualTo(scripted);
    assertThat(version.path("hasInstallScript").asBoolean()).isEqualTo(scripted);
    assertThat(version.has("scripts")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "false,false",
    "true,true",
    "null,false",
    "'\"\"',false",
    "'\"no\"',true",
    "{},false"
  })
  void tellsWhetherAVersionIsDeprecated(String value, boolean deprecated) throws IOException {
    String json = document(version("1.0.0", "\"deprecated\":" + value + ",\"dist\":{}"));
    assertThat(Documents.index(json, "a").versions().getFirst().deprecated()).isEqualTo(deprecated);
    assertThat(renderedAbbreviated(json).get("deprecated"))
        .isEqualTo(Documents.JSON.readTree(value));
  }

  @Test
  void keepsOddShapesOfFieldsThatNobodyHereReads() throws IOException {
    String odd =
        "\"engines\":[\"node >= 1\"],\"bin\":\"x\",\"os\":\"linux\",\"dependencies\":null,\"funding\":-1.5e3";
    JsonNode version = renderedAbbreviated(document(version("1.0.0", odd + ",\"dist\":{}")));
    JsonNode expected = Documents.JSON.readTree("{" + odd + "}");
    expected
        .properties()
        .forEach(field -> assertThat(version.get(field.getKey())).isEqualTo(field.getValue()));
  }

  @Test
  void understandsNamesThatAreSpelledWithEscapes() throws IOException {
    String json =
        "{\"n\\u0061me\":\"\\u0061\",\"version\\u0073\":{\"1.0.\\u0030\":{\"\\u006eame\":\"a\","
            + "\"version\":\"1\\u002e0.0\",\"\\u0064ist\":{\"t\\u0061rball\":\"http:\\/\\/x\\/a\"}}}}";
    PackumentIndex index = Documents.index(json, "a");
    assertThat(index.text(index.versions().getFirst(), Part.TARBALL)).isEqualTo("http://x/a");
    assertThat(rendered(json).at("/versions/1.0.0/dist/tarball").textValue())
        .isEqualTo("https://gate.test/r/team/a/-/a-1.0.0.tgz");
  }

  @Test
  void treatsTimesThatDoNotParseAsMissing() {
    String json =
        "{\"name\":\"a\",\"versions\":{"
            + SOUND
            + "},\"time\":{\"1.0.0\":\"yesterday\",\"created\":7}}";
    PackumentIndex index = Documents.index(json, "a");
    assertThat(index.versions().getFirst().published()).isNull();
    assertThat(index.created()).isNull();
  }

  @Test
  void readsTimesWhereverTheyStand() {
    String time = "\"time\":{\"1.0.0\":\"2020-02-03T04:05:06.789Z\",\"9.9.9\":\"x\"}";
    for (String json :
        new String[] {
          "{\"name\":\"a\"," + time + ",\"versions\":{" + SOUND + "}}",
          "{\"name\":\"a\",\"versions\":{" + SOUND + "}," + time + "}"
        }) {
      assertThat(Documents.index(json, "a").versions().getFirst().published())
          .isEqualTo("2020-02-03T04:05:06.789Z");
    }
  }

  @Test
  void readsADocumentWhoseNameComesLast() {
    assertThat(
            PackumentIndex.parse(
                Documents.bytes("{\"versions\":{" + SOUND + "},\"name\":\"a\"}"), "a"))
        .isInstanceOf(Parsed.class);
  }

  @Test
  void knowsTheRevisionOfTheDocumentAndWritesTheOneOfTheView() throws IOException {
    String json = "{\"_rev\":\"12-\\u0061b\",\"name\":\"a\",\"versions\":{" + SOUND + "}}";
    PackumentIndex index = Documents.index(json, "a");
    assertThat(index.revision()).isEqualTo("12-ab");
    assertThat(index.detail("_rev")).isEqualTo("\"12-\\u0061b\"");
    assertThat(Documents.index("{\"_rev\":{},\"name\":\"a\"}", "a").revision()).isNull();
    String full = new String(Documents.full(Documents.view(index)), UTF_8);
    assertThat(full).containsOnlyOnce("_rev").contains("\"_rev\":\"1-a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"left-pad", "JSON", "@scope/name"})
  void pointsTarballsWhereTheServerAnswersThem(String name) throws IOException {
    String json =
        "{\"name\":\"%1$s\",\"versions\":{\"1.0.0-a+b\":{\"name\":\"%1$s\",\"version\":\"1.0.0-a+b\",\"dist\":{}}}}"
            .formatted(name);
    PackumentIndex index = Documents.index(json, name);
    String path = new PackageName(name).tarballPath("1.0.0-a+b");
    for (String registry : new String[] {"https://gate.test/r/team", "https://gate.test/r/team/"}) {
      Selected version = Documents.view(index).versions().getFirst();
      assertThat(
              Documents.tree(
                      PackumentRenderer.version(version, new Rendition(registry, Signatures.NONE)))
                  .at("/dist/tarball"))
          .hasToString("\"https://gate.test/r/team/" + path + "\"");
    }
  }
}
