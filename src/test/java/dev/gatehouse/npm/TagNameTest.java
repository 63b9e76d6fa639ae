package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        "next",
        "beta",
        "v",
        "next-11",
        "v1-lts",
        "Latest",
        "1.2-lts",
        "release_candidate",
        "a+b",
        "@scope",
        "x-ray",
        "pr(12)",
        "..."
      })
  void takes(String tag) {
    assertThat(TagName.parse(tag).value()).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\t",
        "a\n",
        "a\u0000",
        "a/b",
        "/",
        "a\\b",
        ".",
        "..",
        "a%2fb",
        "a?b",
        "a#b",
        "\u00e4",
        "\u202e",
        "\u007f",
        "__proto__",
        "a<b",
        "a\"b"
      })
  void refuses(String tag) {
    assertThat(TagName.isValid(tag)).isFalse();
    assertThatThrownBy(() -> TagName.parse(tag))
        .isInstanceOf(ProblemException.class)
        .message()
        .startsWith("The tag \"")
        .endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "v1",
        "1.2",
        "1.2.3",
        "v1.2.3-rc.1",
        "1.2.3beta",
        "x",
        "X",
        "*",
        "1.x",
        "^1",
        "~1",
        "=1",
        "||",
        "foo||1",
        "01.2.3",
        "1.2.34.5"
      })
  void refusesWhatReadsAsAVersionOrARange(String tag) {
    assertThatThrownBy(() -> TagName.parse(tag))
        .hasMessageMatching(".*(range of versions|no tag).*");
  }

  @Test
  void aTagHasALongestLength() {
    assertThat(TagName.isValid("a".repeat(TagName.MAX_LENGTH))).isTrue();
    assertThat(TagName.isValid("a".repeat(TagName.MAX_LENGTH + 1))).isFalse();
  }
}
