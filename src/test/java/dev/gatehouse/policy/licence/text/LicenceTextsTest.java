package dev.gatehouse.policy.licence.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LicenceTextsTest {
  private static final String MIT = text("MIT");

  /// SPDX's own text of that licence.
  private static String text(String id) {
    try (var in = LicenceTextsTest.class.getResourceAsStream("/spdx/texts.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== ", -1))
          .filter(one -> one.startsWith(id + "\n"))
          .map(one -> one.substring(id.length()))
          .findFirst()
          .orElseThrow();
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  @Test
  void everyTextIsRecognisedAsItself() {
    assertThat(LicenceTexts.ids()).hasSizeGreaterThan(50);
    for (String id : LicenceTexts.ids()) {
      assertThat(LicenceTexts.recognise(text(id))).as(id).isEqualTo(id);
    }
  }

  @Test
  void whatTheGuidelinesIgnoreMakesNoDifference() {
    String plain = MIT.replaceAll("(?m)^Copyright.*$", "Copyright (c) 2014-2026 Ada Lovelace");
    assertThat(LicenceTexts.recognise(plain)).isEqualTo("MIT");
    assertThat(LicenceTexts.recognise("(The MIT License)\r\n\r\n" + plain.replace("\n", "\r\n")))
        .isEqualTo("MIT");
    assertThat(LicenceTexts.recognise(plain.toUpperCase(java.util.Locale.ROOT))).isEqualTo("MIT");
    assertThat(LicenceTexts.recognise(plain.replaceAll("\\s+", "\n * "))).isEqualTo("MIT");
    assertThat(LicenceTexts.recognise(plain.replace("\"", "“"))).isEqualTo("MIT");
    assertThat(LicenceTexts.recognise("/*\n" + plain.replace("\n", "\n * ") + "\n */"))
        .isEqualTo("MIT");
  }

  @Test
  void namesInATextMakeNoDifference() {
    String named =
        text("BSD-3-Clause").replace("the copyright holder nor", "Acme Incorporated nor");
    assertThat(LicenceTexts.recognise(named)).isEqualTo("BSD-3-Clause");
  }

  @Test
  void whatStandsBehindTheTermsMayBeLeftOut() {
    String whole = text("Apache-2.0");
    int end = whole.indexOf("END OF TERMS AND CONDITIONS");
    assertThat(end).isPositive();
    assertThat(LicenceTexts.recognise(whole.substring(0, end))).isEqualTo("Apache-2.0");
  }

  @Test
  void aClauseThatIsAddedOrLeftOutIsAnotherLicence() {
    String evil = MIT + "\nThe Software shall be used for good and never for anything evil at all.";
    assertThat(LicenceTexts.recognise(evil)).isNull();
    String commons =
        text("Apache-2.0")
            + "\nThe License does not grant to you the right to Sell the Software. "
            + "Selling means practicing any or all of the rights granted to you under the License "
            + "to provide to third parties, for a fee or other consideration, a product or service "
            + "whose value derives, entirely or substantially, from the functionality of it.";
    assertThat(LicenceTexts.recognise(commons)).isNull();
    assertThat(LicenceTexts.recognise(MIT + "\n" + text("ISC"))).as("two at once").isNull();
    assertThat(LicenceTexts.recognise(MIT.substring(0, MIT.length() / 2))).isNull();
  }

  @Test
  void whatIsNoLicenceIsNotRecognised() {
    for (String one :
        List.of(
            "",
            "MIT",
            "See LICENSE in the repository.",
            "All rights reserved.",
            "x ".repeat(9_999))) {
      assertThat(LicenceTexts.recognise(one)).as(one).isNull();
    }
  }
}
