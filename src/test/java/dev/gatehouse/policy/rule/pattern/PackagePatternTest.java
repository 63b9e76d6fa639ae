package dev.gatehouse.policy.rule.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.policy.text.Glob;
import dev.gatehouse.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackagePatternTest {
  @ParameterizedTest
  @CsvSource({
    "react, react, 1.0.0",
    "react*, react-dom, 1.0.0",
    "react*, react, 1.0.0",
    "@scope/*, @scope/name, 1.0.0",
    "@*/evil*, @any/evil-one, 1.0.0",
    "*, anything, 1.0.0",
    "*, @any/thing, 1.0.0",
    "react@0.0.1, react, 0.0.1",
    "react@0.0.1, react, 0.0.1+build",
    "react 0.0.1 - 0.0.3 || > 2.0.1, react, 0.0.2",
    "react 0.0.1 - 0.0.3 || > 2.0.1, react, 3.0.0",
    "react 0.0.1 - 0.0.3 || > 2.0.1, react, 3.0.0-rc.1",
    "@scope/name@^1, @scope/name, 1.7.0",
    "@scope/name@^1, @scope/name, 1.7.0-rc.1",
    "react@^1, react, nonsense",
  })
  void whatItNamesIsRefused(String pattern, String name, String version) {
    assertThat(refuses(pattern, name, version)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "react, react-dom, 1.0.0",
    "react, React, 1.0.0",
    "react*, preact, 1.0.0",
    "react*, @react/core, 1.0.0",
    "*react, @x/react, 1.0.0",
    "@scope/*, @scoped/name, 1.0.0",
    "react@0.0.1, react, 0.0.2",
    "react 0.0.1 - 0.0.3 || > 2.0.1, react, 2.0.1",
    "react.dom, react-dom, 1.0.0",
  })
  void whatItDoesNotNameIsNot(String pattern, String name, String version) {
    assertThat(refuses(pattern, name, version)).isFalse();
  }

  private static boolean refuses(String pattern, String name, String version) {
    var subject = new Subject(name, version, Subject.Place.UPSTREAM, false);
    return PatternList.parse(List.of(pattern)).refusing(subject) != null;
  }

  @Test
  void aListRemembersOneNameAndAnswersForAny() {
    PatternList list = PatternList.parse(List.of("react@1.0.0", "@a/*", "left-*"));
    for (int round = 0; round < 3; round++) {
      for (String name : List.of("react", "@a/b", "left-pad", "other")) {
        var subject = new Subject(name, "1.0.0", Subject.Place.UPSTREAM, false);
        assertThat(list.allows(subject)).isEqualTo(!name.equals("other"));
        assertThat(list.refusing(subject) == null).isEqualTo(name.equals("other"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "react@1.0.0, react, 1.0.0, true",
    "react@1.0.0, react, 1.0.0+evil, false",
    "react@^1.0.0, react, 1.1.0-rc.1, false",
    "react@^1.0.0, react, 1.1.0, true",
    "react@*, react, nonsense, false",
    "react, react, 1.1.0-rc.1, true",
  })
  void allowingIsNarrowerThanRefusing(
      String pattern, String name, String version, boolean allowed) {
    var subject = new Subject(name, version, Subject.Place.UPSTREAM, false);
    assertThat(PatternList.parse(List.of(pattern)).allows(subject)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "@scope",
        "@scope*",
        "/x",
        "a/b/c",
        "react@latest",
        "react 1.0.0 ||",
        "rea%63t",
        "react@",
        "a*b*c*d*e*f*g*h*i*j*",
        "../x",
        "réact"
      })
  void whatCanNeverMatchIsRefusedWithASentence(String pattern) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PackagePattern.parse(pattern))
        .withMessageContaining("write");
  }

  @Test
  void aGlobMatchesWhatTheSameRegularExpressionDoes() {
    var random = new Random(11);
    for (int round = 0; round < 50_000; round++) {
      String glob = letters(random, "ab*");
      String text = letters(random, "ab");
      String regex =
          Arrays.stream(glob.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      assertThat(Glob.of(glob).matches(text))
          .as("%s against %s", glob, text)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  /// Each would take longer than anybody lives if a star tried everything that it can stand for.
  @Test
  @Timeout(60)
  void noGlobIsSlowHoweverItIsMade() {
    String text = "a".repeat(200_000);
    assertThat(Glob.of("a*".repeat(100) + "b").matches(text)).isFalse();
    assertThat(Glob.of("*a".repeat(100) + "*b*").matches(text)).isFalse();
    assertThat(Glob.of("*".repeat(10_000)).matches(text)).isTrue();
    assertThat(Glob.of("*ab".repeat(100)).matches("ab".repeat(100_000))).isTrue();
  }

  private static String letters(Random random, String from) {
    return random
        .ints(random.nextInt(8), 0, from.length())
        .mapToObj(at -> from.substring(at, at + 1))
        .collect(Collectors.joining());
  }
}
