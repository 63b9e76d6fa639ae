package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.DependencySpec.Elsewhere;
import dev.gatehouse.npm.DependencySpec.FromRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DependencySpecTest {
  @ParameterizedTest
  @CsvSource({
    "^1.2.3, a, ^1.2.3, true",
    "1.x || >=2.5.0, a, 1.x || >=2.5.0, true",
    "'', a, '', true",
    "next, a, next, false",
    "npm:b@^2, b, ^2, true",
    "npm:@s/b@beta, @s/b, beta, false",
    "npm:@s/b, @s/b, latest, false",
    "~1.2, a, ~1.2, true"
  })
  void readsRangesTagsAndAliases(String spec, String name, String selector, boolean range) {
    var read = new FromRegistry(name, selector);
    assertThat(DependencySpec.of("a", spec)).isEqualTo(read);
    assertThat(read.range() != null).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git+https://host.example/a.git",
        "github:user/a",
        "user/a",
        "https://host.example/a.tgz",
        "file:../a",
        "link:a",
        "workspace:*",
        "../a",
        ".",
        "a.tgz",
        "C:\\a",
        "git@host:a.git"
      })
  void tellsWhatDoesNotComeFromARegistry(String spec) {
    assertThat(DependencySpec.of("a", spec))
        .isEqualTo(
            new Elsewhere("comes from %s, not from a registry".formatted(Quoted.quote(spec))));
  }

  @Test
  void refusesWhatNoClientCouldFind() {
    assertThat(DependencySpec.of("a", "not a tag")).isInstanceOf(Elsewhere.class);
    assertThat(DependencySpec.of("../a", "1.0.0")).isInstanceOf(Elsewhere.class);
    assertThat(DependencySpec.of("a", "npm:..@1")).isInstanceOf(Elsewhere.class);
    assertThat(DependencySpec.of("a", "1".repeat(9000))).isInstanceOf(Elsewhere.class);
  }

  @Test
  void readsWhatAPersonWrites() {
    assertThat(DependencySpec.named("express")).isEqualTo(new FromRegistry("express", "latest"));
    assertThat(DependencySpec.named("@s/a@1")).isEqualTo(new FromRegistry("@s/a", "1"));
  }
}
