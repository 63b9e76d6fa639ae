package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.Rendered.Judged;
import dev.gatehouse.install.RenderedAnswers.Source;
import dev.gatehouse.install.document.Ask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class RenderedAnswersTest {
  private static final String BASE = "http://gate.test/r/default";
  private static final Source SOURCE = new Source("identity", "rules");
  private static final Judged OPEN = new Judged("rules", "", Long.MAX_VALUE);
  private static final RenderedAnswers.Basis BASIS =
      new RenderedAnswers.Basis(1, List.of(), Long.MAX_VALUE, null);

  private final RenderedAnswers answers = new RenderedAnswers(1);

  @Test
  void aFloodOfHostsFillsNoMemory() {
    for (int i = 0; i < 500; i++) {
      RenderKey key = key("left-pad", "http://host-" + i + ".test/r/default");
      assertThat(new String(render(key, new byte[] {'x'}), StandardCharsets.US_ASCII))
          .isEqualTo("x");
    }

    long held =
        IntStream.range(0, 500)
            .filter(
                i -> answers.find(key("left-pad", "http://host-" + i + ".test/r/default")) != null)
            .count();
    assertThat(held).isEqualTo(64);
    RenderKey first = key("other", "http://host-0.test/r/default");
    render(first, new byte[] {'x'});
    assertThat(answers.find(first)).as("a host that came before the flood").isNotNull();
  }

  @Test
  void whatIsEvictedGivesItsMemoryBackAndIsNeverRenewed() {
    Map<RenderKey, Rendered> made = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      RenderKey key = key("package-" + i, BASE);
      byte[] noise = noise(i);
      made.put(key, answers.render(key, SOURCE, OPEN, BASIS, out -> out.write(noise)));
    }
    await(() -> made.keySet().stream().filter(key -> answers.find(key) != null).count() <= 11);

    int evicted = 0;
    for (var one : made.entrySet()) {
      if (answers.find(one.getKey()) == null) {
        evicted++;
        assertThat(one.getValue().bytes()).isNull();
        assertThat(answers.renew(one.getKey(), SOURCE, BASIS, 0)).isNull();
        assertThat(answers.find(one.getKey())).isNull();
      }
    }
    assertThat(evicted).isBetween(189, 200);
  }

  @Test
  void everythingThatIsHeldCanBeRead() {
    List<RenderKey> keys =
        IntStream.range(0, 60).mapToObj(i -> key("package-" + i % 20, BASE)).toList();
    for (RenderKey key : keys) {
      Rendered renewed = answers.renew(key, SOURCE, BASIS, 0);
      if (renewed == null) {
        render(key, noise(key.name().hashCode()));
      } else {
        assertThat(renewed.etag()).isEqualTo(etag(key));
      }
    }

    for (RenderKey key : keys) {
      Rendered held = answers.find(key);
      if (held != null) {
        byte[] bytes = held.bytes();
        if (bytes != null) {
          assertThat(inflate(bytes)).isEqualTo(noise(key.name().hashCode()));
        }
      }
    }
  }

  @Test
  void renewsOnlyWhatWasMadeOfTheSame() {
    RenderKey key = key("left-pad", BASE);
    Rendered made = answers.render(key, SOURCE, OPEN, BASIS, out -> out.write('x'));

    assertThat(answers.renew(key, new Source("other documents", "rules"), BASIS, 0)).isNull();
    assertThat(answers.renew(key, new Source("identity", "other rules"), BASIS, 0)).isNull();
    var later = new RenderedAnswers.Basis(2, List.of(), 5, "111 test");
    Rendered renewed = Objects.requireNonNull(answers.renew(key, SOURCE, later, 0));

    assertThat(answers.find(key)).isEqualTo(renewed);
    assertThat(renewed.stamp()).isEqualTo(2);
    assertThat(renewed.expires()).isEqualTo(5);
    assertThat(renewed.whole().header("warning")).isEqualTo("111 test");
    assertThat(renewed.notModified().header("etag")).isEqualTo(made.etag());
  }

  @Test
  void neitherServesNorRenewsWhatTimeHasChanged() {
    RenderKey key = key("left-pad", BASE);
    var until = new Judged("rules", "1.1.0 until 1000", 1_000);
    Rendered made = answers.render(key, SOURCE, until, BASIS, out -> out.write('x'));

    assertThat(made.holds(BASIS.stamp(), Ask.Demand.FRESH, 999)).isTrue();
    assertThat(answers.renew(key, SOURCE, BASIS, 999)).isNotNull();
    assertThat(made.holds(BASIS.stamp(), Ask.Demand.FRESH, 1_000)).isFalse();
    assertThat(answers.renew(key, SOURCE, BASIS, 1_000)).isNull();
  }

  @Test
  void whatIsWithheldChangesTheTag() {
    RenderKey key = key("left-pad", BASE);
    var other = new Judged("rules", "1.1.0", Long.MAX_VALUE);

    assertThat(answers.etag(key, SOURCE, other)).isNotEqualTo(answers.etag(key, SOURCE, OPEN));
  }

  @Test
  void whatIsAskedForOftenIsCompressedBetterAndStaysTheSame() {
    RenderKey key = key("left-pad", BASE);
    String text =
        IntStream.range(0, 3_000)
            .mapToObj(i -> "{\"version\":\"1." + i + "\",\"name\":\"left-pad\"}")
            .reduce("", String::concat);
    Rendered fast =
        answers.render(
            key, SOURCE, OPEN, BASIS, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    int before = fast.content().length();
    for (int i = 0; i < 5; i++) {
      answers.used(key, fast);
    }
    await(() -> length(key) < before);

    Rendered held = Objects.requireNonNull(answers.find(key));
    assertThat(held.etag()).isEqualTo(fast.etag());
    byte[] bytes = Objects.requireNonNull(held.bytes());
    assertThat(new String(inflate(bytes), StandardCharsets.UTF_8)).isEqualTo(text);
    await(() -> fast.bytes() == null);
  }

  private int length(RenderKey key) {
    Rendered held = answers.find(key);
    return held == null ? Integer.MAX_VALUE : held.content().length();
  }

  private byte[] render(RenderKey key, byte[] text) {
    byte[] bytes = answers.render(key, SOURCE, OPEN, BASIS, out -> out.write(text)).bytes();
    return bytes == null ? text : inflate(bytes);
  }

  private String etag(RenderKey key) {
    return answers.etag(key, SOURCE, OPEN);
  }

  private static RenderKey key(String name, String base) {
    return new RenderKey(1, name, Form.FULL, Encoding.GZIP, base);
  }

  /// 100 KB that do not compress.
  private static byte[] noise(int seed) {
    byte[] bytes = new byte[100_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] inflate(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
