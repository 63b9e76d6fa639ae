package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.Dependency.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DependencyTest {
  private static List<Dependency> of(String manifest) {
    return Dependency.of(manifest.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsEveryKindInTheOrderOfUse() {
    assertThat(
            of(
                """
                {"name": "x", "devDependencies": {"d": "1"}, "peerDependencies": {"p": "*"},
                 "optionalDependencies": {"o": "~2"}, "dependencies": {"b": "^1.0.0", "a": "next"},
                 "other": {"deep": [{"dependencies": {"no": "1"}}]}}
                """))
        .containsExactly(
            new Dependency(Kind.RUNTIME, "b", "^1.0.0"),
            new Dependency(Kind.RUNTIME, "a", "next"),
            new Dependency(Kind.OPTIONAL, "o", "~2"),
            new Dependency(Kind.PEER, "p", "*"),
            new Dependency(Kind.DEV, "d", "1"));
  }

  @Test
  void tellsWhatIsOptionalOnce() {
    assertThat(
            of(
                "{\"dependencies\":{\"a\":\"1\",\"b\":\"2\"},\"optionalDependencies\":{\"a\":\"1\"}}"))
        .containsExactly(
            new Dependency(Kind.RUNTIME, "b", "2"), new Dependency(Kind.OPTIONAL, "a", "1"));
    assertThat(of("{\"optionalDependencies\":{\"a\":\"1\"}}"))
        .containsExactly(new Dependency(Kind.OPTIONAL, "a", "1"));
  }

  @Test
  void takesNothingFromWhatIsNoListOfTexts() {
    assertThat(of("{\"dependencies\":[\"a\"],\"devDependencies\":\"b\",\"peerDependencies\":null}"))
        .isEmpty();
    assertThat(of("{\"dependencies\":{\"a\":1,\"b\":{\"c\":\"1\"},\"d\":[\"e\"],\"f\":\"1\"}}"))
        .containsExactly(new Dependency(Kind.RUNTIME, "f", "1"));
    assertThat(of("[]")).isEmpty();
    assertThat(of("{\"dependencies\":{\"a\":")).isEmpty();
    assertThat(of("")).isEmpty();
  }

  @Test
  void readsSoManyOfAKindAndNoMore() {
    var manifest = new StringBuilder("{\"dependencies\":{");
    for (int i = 0; i < Dependency.MOST + 5; i++) {
      manifest.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":\"1\"");
    }
    manifest
        .append("},\"devDependencies\":{\"")
        .append("n".repeat(300))
        .append("\":\"1\",\"d\":\"");
    manifest.append("9".repeat(20_000)).append("\"}}");
    List<Dependency> all = of(manifest.toString());
    assertThat(all).hasSize(Dependency.MOST + 1);
    assertThat(all.getLast().name()).isEqualTo("d");
    assertThat(DependencySpec.of("d", all.getLast().spec()))
        .isInstanceOf(DependencySpec.Elsewhere.class);
  }
}
