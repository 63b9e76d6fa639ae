package dev.gatehouse.install.tarball;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallTarballsTest {
  @TempDir private Path folder = Path.of("");
  private final SmallTarballs tarballs = new SmallTarballs();

  private Response answer(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path path = Files.write(folder.resolve(name), bytes);
    return new Response(200, Map.of("etag", "\"a\""), new Body.File(path, 0, length));
  }

  private @Nullable Response asked(Response whole, int times) {
    Response found = null;
    for (int i = 0; i < times; i++) {
      found = tarballs.find(whole);
    }
    return found;
  }

  @Test
  void holdsWhatIsAskedForAgainAndAgain() throws IOException {
    Response whole = answer("small", 30_000);
    assertThat(asked(whole, 7)).isNull();
    assertThat(held(whole).body())
        .isInstanceOfSatisfying(
            Body.Bytes.class, body -> assertThat(body.content().bytes()).isEqualTo(bytes("small")));
  }

  @Test
  void anAnswerKeepsItsOwnHeadersHoweverManyShareTheBytes() throws IOException {
    Response whole = answer("small", 30_000);
    held(whole);

    Response other = new Response(200, Map.of("etag", "\"b\""), whole.body());
    assertThat(held(other).headers()).containsExactly(Map.entry("etag", "\"b\""));
  }

  private Response held(Response whole) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    Response held = tarballs.find(whole);
    while (held == null) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
      held = tarballs.find(whole);
    }
    return held;
  }

  @Test
  void leavesLargeOnesToTheKernel() throws IOException {
    assertThat(asked(answer("large", 65_537), 1_000)).isNull();
  }

  @Test
  void leavesOneThatIsGoneToWhoeverOpensIt() {
    var gone = new Body.File(folder.resolve("gone"), 0, 10);
    assertThat(asked(new Response(200, Map.of(), gone), 1_000)).isNull();
  }

  private byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }
}
