package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageNameTest {
  @Test
  void knowsScopeAndPathsOfAScopedName() {
    PackageName name = PackageName.parse("@acme/left-pad");
    assertThat(name.scope()).isEqualTo("acme");
    assertThat(name.unscoped()).isEqualTo("left-pad");
    assertThat(name.encoded()).isEqualTo("@acme%2fleft-pad");
    assertThat(name.tarballFile("1.0.0")).isEqualTo("left-pad-1.0.0.tgz");
    assertThat(name.tarballPath("1.0.0")).isEqualTo("@acme/left-pad/-/left-pad-1.0.0.tgz");
    assertThat(name).hasToString("@acme/left-pad");
  }

  @Test
  void knowsThePathsOfAPlainName() {
    PackageName name = PackageName.parse("left-pad");
    assertThat(name.scope()).isNull();
    assertThat(name.unscoped()).isEqualTo("left-pad");
    assertThat(name.encoded()).isEqualTo("left-pad");
    assertThat(name.tarballPath("1.0.0-a")).isEqualTo("left-pad/-/left-pad-1.0.0-a.tgz");
  }

  @Test
  void caseMakesTwoPackages() {
    assertThat(PackageName.parse("JSON")).isNotEqualTo(PackageName.parse("json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "7zip",
        "left-pad",
        "lodash.merge",
        "a_b",
        "@acme/x",
        "@a.b/c-d",
        "@7/8",
        "@acme/events",
        "@acme/node_modules"
      })
  void takesForPublishing(String name) {
    assertThat(PackageName.parse(name).isPublishable()).isTrue();
    assertThat(PackageName.parse(name).requirePublishable().value()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JSON",
        "@Acme/x",
        "@acme/X",
        "events",
        "fs",
        "HTTP",
        "-x",
        "@acme/-x",
        "@-acme/x",
        "@acme/_x",
        "@_acme/x",
        "with'quote",
        "what!",
        "(x)",
        "a*b",
        "til~de",
        "@ac~me/x"
      })
  void readsAndDoesNotPublish(String name) {
    PackageName read = PackageName.parse(name);
    assertThat(read.isPublishable()).isFalse();
    assertMalformed(read::requirePublishable, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        ".x",
        "_x",
        "-",
        "../x",
        "a/b",
        "a/../b",
        "/a",
        "a/",
        "a\\b",
        "a b",
        " a",
        "a ",
        "a\n",
        "a\u0000",
        "a%2fb",
        "a?b",
        "a#b",
        "a:b",
        "a@1",
        "a\"b",
        "a<b>",
        "a;b",
        "a&b",
        "@",
        "@a",
        "@/",
        "@a/",
        "@/b",
        "@a/b/c",
        "@../b",
        "@a/..",
        "@./b",
        "@a/.",
        "@a/.b",
        "@.a/b",
        "@@a/b",
        "@a/@b",
        "@a%2fb",
        "@a\\b",
        "@a /b",
        "node_modules",
        "Node_Modules",
        "favicon.ico",
        "p\u00e4kchen",
        "\u202egnp",
        "\uD83D\uDE00",
        "\u0430pple"
      })
  void refuses(String name) {
    assertThat(PackageName.isValid(name)).isFalse();
    assertMalformed(() -> PackageName.parse(name), "The package name");
  }

  @Test
  void aNameHasALongestLength() {
    assertThat(PackageName.isValid("a".repeat(214))).isTrue();
    assertThat(PackageName.isValid("a".repeat(215))).isFalse();
    assertThat(PackageName.isValid("@a/" + "a".repeat(212))).isFalse();
  }

  @Test
  void aSentenceQuotesHostileTextHarmlessly() {
    String hostile = "\u001b[31m\r\n\u202e" + "x".repeat(100_000);
    assertThatThrownBy(() -> PackageName.parse(hostile))
        .message()
        .startsWith("The package name \"?[31m???xx")
        .hasSizeLessThan(250)
        .matches("[ -~…]+");
  }

  private static void assertMalformed(Runnable action, String part) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.Malformed.class))
        .hasMessageContaining(part)
        .message()
        .endsWith(".");
  }
}
