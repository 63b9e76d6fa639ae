package dev.gatehouse.policy.licence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gatehouse.policy.licence.LicenceReading.Grade;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claims of real packages, with what npm's own tools make of them.
final class LicenceClaimTest {
  /// Where npm's tools name a licence that the claim does not: by what it does name, null if that
  /// is not beyond doubt.
  private static final Map<String, String> TRUER =
      Map.ofEntries(
          Map.entry("\"MIT/X11\"", ""),
          Map.entry("\"Apache License, Version 2.0\"", "Apache-2.0"),
          Map.entry("\"Apache, Version 2.0\"", "Apache-2.0"),
          Map.entry("\"(BSD OR MIT OR Apache2)\"", "BSD-2-Clause OR MIT OR Apache-2.0"),
          Map.entry("\"Unlicense <http://unlicense.org/>\"", "Unlicense"),
          Map.entry("\"Parity-7.0.0 AND MIT WITH Patron-1.0.0\"", ""),
          Map.entry("\"Apache-2.0/MIT\"", ""),
          Map.entry("\"unlicensed\"", ""),
          Map.entry("\"MIT or GPL\"", "MIT OR GPL-3.0-or-later"),
          Map.entry("\"MIT, Apache-2.0\"", ""),
          Map.entry("\"MIT/Apache-2.0\"", ""),
          Map.entry("\"MIT OR\"", ""),
          Map.entry("\"(MIT\"", ""),
          Map.entry("\"mit OR apache-2.0\"", "MIT OR Apache-2.0"),
          // Not marked as lossy there, because it stands in an array; three licences become one.
          Map.entry(
              "[{\"type\":\"MPL 1.1/LGPL 2.1/GPL 2.0\",\"url\":\"https://example.test/licence\"}]",
              ""));

  private static JsonNode cases() throws IOException {
    try (InputStream in =
        requireNonNull(LicenceClaimTest.class.getResourceAsStream("/policy/licence-cases.json"))) {
      return new JsonMapper().readTree(in);
    }
  }

  private static @Nullable String read(JsonNode value) {
    SpdxExpression expression = LicenceClaim.of(value).reading().expression();
    return expression == null ? null : expression.toString();
  }

  @Test
  void everyClaimReadsAsItIsMeant() throws IOException {
    for (JsonNode row : cases()) {
      String truer = TRUER.get(row.get("value").toString());
      if (truer == null) {
        assertThat(row.path("lossy").asBoolean()).as("lossy: %s", row).isFalse();
        assertThat(read(row.get("value"))).as("%s", row).isEqualTo(row.get("spdx").textValue());
      } else {
        assertThat(read(row.get("value"))).as("%s", row).isEqualTo(truer.isEmpty() ? null : truer);
      }
    }
  }

  @Test
  void whatHadToBeCorrectedIsAWeakerGradeThanWhatIsValid() throws IOException {
    for (JsonNode row : cases()) {
      Grade grade = LicenceClaim.of(row.get("value")).reading().grade();
      switch (row.get("kind").textValue()) {
        case "valid-spdx" -> assertThat(grade).as("%s", row).isEqualTo(Grade.PARSED);
        case "corrected" ->
            assertThat(grade).as("%s", row).isIn(Grade.CORRECTED, Grade.UNRECOGNISED);
        case "see-license-in" -> assertThat(grade).as("%s", row).isEqualTo(Grade.SEE_FILE);
        case "unlicensed" -> assertThat(grade).as("%s", row).isEqualTo(Grade.PROPRIETARY);
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "OR", "AND MIT", "MIT MIT", "MIT WITH", "WITH Classpath-exception-2.0", "()",
        "MIT)", "(((MIT))", "MIT OR OR ISC", "MIT+ +", "LicenseRef-", "mit and", "*", "MIT Or ISC ("
      })
  void whatIsNoExpressionIsNone(String text) {
    assertThat(read(TextNode.valueOf(text))).isNull();
  }

  @Test
  void noTextIsTooLongOrTooDeepOrTooOdd() {
    assertThat(LicenceClaim.of("(".repeat(100_000)).reading().expression()).isNull();
    assertThat(LicenceClaim.of("(".repeat(400) + "MIT" + ")".repeat(400)).reading().expression())
        .isNull();
    assertThat(LicenceClaim.of("x".repeat(100_000)).raw()).hasSize(500);
    var random = new Random(7);
    String[] words = {"MIT", "or", "AND", "(", ")", "WITH", "GPL-2.0+", "BSD", "<", ">", "+", " "};
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (int word = random.nextInt(12); word > 0; word--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      LicenceReading reading = LicenceClaim.of(text.toString()).reading();
      SpdxExpression expression = reading.expression();
      if (expression != null) {
        assertThat(LicenceClaim.of(expression.toString()).reading())
            .isEqualTo(new LicenceReading(Grade.PARSED, reparsed(expression)));
      }
    }
  }

  private static SpdxExpression reparsed(SpdxExpression expression) {
    SpdxExpression again = requireNonNull(SpdxParser.strict(expression.toString()));
    assertThat(again).hasToString(expression.toString());
    return again;
  }
}
