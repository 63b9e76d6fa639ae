package dev.gatehouse.upstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HopsTest {
  @Test
  void beginsAnewWithoutAHeader() {
    assertThat(Hops.parse(null).headerFrom("me")).isEqualTo("me");
    assertThat(Hops.parse("").isLoopFor("me")).isFalse();
  }

  @Test
  void goesOnWithTheHeaderThatCame() {
    assertThat(Hops.parse("a, b").headerFrom("me")).isEqualTo("a,b,me");
  }

  @Test
  void knowsWhereItHasBeen() {
    assertThat(Hops.parse("a,me").isLoopFor("me")).isTrue();
    assertThat(Hops.parse("a,you").isLoopFor("me")).isFalse();
    assertThat(Hops.parse("a,meme").isLoopFor("me")).isFalse();
  }

  @Test
  void endsAChainThatIsTooLong() {
    assertThat(Hops.parse("a,b,c,d,e,f,g").isLoopFor("me")).isFalse();
    assertThat(Hops.parse("a,b,c,d,e,f,g,h").isLoopFor("me")).isTrue();
    assertThat(Hops.parse("a,".repeat(100_000)).isLoopFor("me")).isTrue();
  }

  @Test
  void leavesOutWhatIsNoId() {
    assertThat(Hops.parse("a b,\"x\",\r\n,c," + "d".repeat(65)).instances()).containsExactly("c");
  }
}
